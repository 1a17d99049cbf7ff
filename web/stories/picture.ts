import type { Page } from 'playwright-core';

/** A picture like one from a phone, drawn by the browser. */
export async function picture(page: Page, width: number, height: number): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const bytes = await page.evaluate(async ([w, h]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
    const pen = canvas.getContext('2d')!;
    const sky = pen.createLinearGradient(0, 0, 0, h!);
    sky.addColorStop(0, '#8fc4ea');
    sky.addColorStop(0.6, '#e9f0e4');
    sky.addColorStop(0.6, '#6f9a5b');
    sky.addColorStop(1, '#3d5f35');
    pen.fillStyle = sky;
    pen.fillRect(0, 0, w!, h!);
    pen.fillStyle = '#7a5230';
    for (let bench = 0; bench < 4; bench++) pen.fillRect(w! * (0.1 + bench * 0.22), h! * 0.66, w! * 0.14, h! * 0.05);
    const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!), 'image/jpeg'));
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, [width, height] as const);
  return { name: '../../photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) };
}
