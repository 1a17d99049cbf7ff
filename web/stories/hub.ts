import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    hub: { url: string; mail: string; database: string };
  }
}

/** The hub that stories share: it accepts only the app's operations. */
export default async function hub(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...there } = await startHub({ HUB_PERSISTED_ONLY: 'true' });
  project.provide('hub', there);
  return stop;
}

/**
 * A hub of a story's own, with the demo city in a new data folder; returns also the folder of its emails, and the folder of its
 * database's socket.
 */
export async function startHub(settings: Record<string, string>): Promise<{ url: string; mail: string; database: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-stories-'));
  const env = { ...process.env, HUB_ADDR: '127.0.0.1:0', HUB_DATA_DIR: folder, HUB_DATABASE_URL: '', HUB_ENV: 'development', HUB_STOP_DELAY: '0s', ...settings };
  const running = spawn('../bin/hub', ['serve', '--demo'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => running.once('exit', resolve));
  const stop = async () => {
    running.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: await served(running.stderr), mail: join(folder, 'mail'), database: join(folder, 'postgres', 'socket'), stop };
}

/** Where the hub says that it serves. */
async function served(log: NodeJS.ReadableStream): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface({ input: log })) {
    said.push(line);
    const [, url] = line.match(/msg=serving url=(\S+)/) ?? [];
    if (!url) continue;
    log.resume(); // so that the hub never waits for its log to be read
    return url;
  }
  throw new Error(`The hub ended:\n${said.join('\n')}`);
}
