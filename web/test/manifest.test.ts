import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const manifest = JSON.parse(readFileSync('public/app.webmanifest', 'utf8')) as Record<string, string> & { icons: { src: string; sizes: string; type: string; purpose?: string }[] };

test('the pictures of the icons are as large as the manifest says', () => {
  const pictures = manifest.icons.filter(({ type }) => type === 'image/png');
  expect(pictures.map(({ sizes, purpose }) => [sizes, purpose])).toEqual([['192x192', undefined], ['512x512', undefined], ['512x512', 'maskable']]);
  for (const { src, sizes } of pictures) {
    const png = readFileSync(`public${src}`);
    expect(png.subarray(1, 4).toString(), src).toBe('PNG');
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, src).toBe(sizes);
  }
});

test('the colours are those of the app', () => {
  const paper = /--paper: light-dark\((#\w+), (#\w+)\)/.exec(readFileSync('src/look/tokens.css', 'utf8'))!;
  expect([manifest.background_color, manifest.theme_color]).toEqual([paper[1], paper[1]]);
  const page = readFileSync('index.html', 'utf8');
  expect([...page.matchAll(/name="theme-color" content="(#\w+)"/g)].map(([, colour]) => colour)).toEqual([paper[1], paper[2]]);
});
