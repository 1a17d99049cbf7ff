// Draws those icons of public/ that have to be bitmaps from icon.svg: run `npm run icons` after changing it.
import { readFileSync, writeFileSync } from 'node:fs';
import { chromiumOf } from './hub.mjs';

const svg = readFileSync('public/icon.svg', 'utf8');
// A launcher cuts a maskable icon to its own shape: colour up to the edges, and the sign within the inner four fifths.
const maskable = svg.replace(' rx="14"', '').replace('<path', '<g transform="translate(9.6 9.6) scale(0.7)"><path').replace('</svg>', '</g></svg>');

const browser = await chromiumOf();
for (const [name, drawn, size] of [['icon-192', svg, 192], ['icon-512', svg, 512], ['icon-maskable', maskable, 512], ['icon-touch', maskable, 180]]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawn}`);
  await page.screenshot({ path: `public/${name}.png`, omitBackground: true });
}

// What browsers request by themselves: one bitmap of 32 pixels behind the header of an icon file.
const page = await browser.newPage({ viewport: { width: 32, height: 32 } });
await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 32px; height: 32px }</style>${svg}`);
const picture = await page.screenshot({ omitBackground: true });
const header = Buffer.alloc(22);
header.writeUInt16LE(1, 2); // an icon
header.writeUInt16LE(1, 4); // with one picture
header.writeUInt8(32, 6);
header.writeUInt8(32, 7);
header.writeUInt16LE(1, 10);
header.writeUInt16LE(32, 12);
header.writeUInt32LE(picture.length, 14);
header.writeUInt32LE(header.length, 18);
writeFileSync('public/favicon.ico', Buffer.concat([header, picture]));
await browser.close();
