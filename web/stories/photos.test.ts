import { expect, test } from 'vitest';
import { type Look, look, open, words } from './browser';
import { picture } from './picture';

test('a resident proposes something with photos, and everybody sees them', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'ru' };
  const t = words(here.language);
  const page = await open(here, 'resident-1@example.org');
  await page.goto('/propose');
  await page.getByLabel(t.propose!.name!).fill('Сломанные скамейки в сквере');
  await page.getByLabel(t.propose!.text!).fill('Доски сгнили, пожилым людям негде отдохнуть.');
  await page.getByLabel(t.photos!.gallery!).setInputFiles([await picture(page, 2400, 1800), await picture(page, 900, 1600)]);
  await page.getByAltText(t.photos!.nth!.replace('{{nth}}', '2'), { exact: true }).waitFor();
  await page.getByLabel(t.photos!.gallery!).setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg onload=alert(1)>') });
  await page.getByText(t.Code!.PHOTO_FORMAT!).waitFor();
  await page.getByText(t.photos!.failed!).waitFor();
  await page.getByLabel(t.photos!.yes!, { exact: true }).check();
  await page.getByText(t.photos!.nobody!).waitFor();
  await look(page, 'propose-photos', here);
  await page.getByRole('button', { name: t.photos!.removeNth!.replace('{{nth}}', '3') }).click();
  await page.getByLabel(t.photos!.no!, { exact: true }).check();
  await page.getByRole('button', { name: t.propose!.submit! }).click();
  await page.getByRole('heading', { name: t.proposal!.trail! }).waitFor();
  const shown = page.getByAltText('Сломанные скамейки в сквере', { exact: false });
  await expect.poll(() => shown.count()).toBe(2);
  await look(page, 'proposal-photos', here);

  const visitor = await open({ width: 1280, theme: 'dark', language: 'kk' });
  await visitor.goto(page.url());
  await visitor.getByAltText('Сломанные скамейки в сквере', { exact: false }).first().waitFor();
  await expect.poll(() => visitor.evaluate(() => [...document.querySelectorAll('main img')].map((img) => (img as HTMLImageElement).naturalWidth > 0))).toEqual([true, true]);
  await look(visitor, 'proposal-photos', { width: 1280, theme: 'dark', language: 'kk' });
});
