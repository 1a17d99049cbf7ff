import { readdirSync, readFileSync } from 'node:fs';
import { expect, inject, vi } from 'vitest';

/** The link to a page in the latest email to somebody. */
export async function mailedLink(to: string, path: string, folder = inject('hub').mail): Promise<string> {
  return vi.waitFor(
    () => {
      const texts = readdirSync(folder).toSorted().reverse().map((name) => readFileSync(`${folder}/${name}`, 'utf8').replace(/=\r?\n/g, '').replaceAll('=3D', '='));
      const [link] = texts.filter((text) => text.includes(`<${to}>`)).flatMap((text) => text.match(new RegExp(`http[^\\s"]*${path}[\\w-]+`)) ?? []);
      return link ?? expect.unreachable('no mail yet');
    },
    { timeout: 20_000, interval: 250 },
  );
}
