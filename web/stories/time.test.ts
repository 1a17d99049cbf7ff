import { expect, test } from 'vitest';
import { type Look, look, open, words } from './browser';

test('a lead whose phone has Almaty an hour late enters a shift over midnight, and does not move it', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'ru' };
  const t = words(here.language);
  const page = await open(here, 'lead-1@example.org');
  const browser = await page.context().newCDPSession(page);
  await browser.send('Emulation.setTimezoneOverride', { timezoneId: 'Asia/Omsk' });
  // Tables from before March 2024 have Almaty's old time, like Omsk's.
  await page.addInitScript(() => {
    const { DateTimeFormat } = Intl;
    Intl.DateTimeFormat = class extends DateTimeFormat {
      constructor(language?: string | string[], options: Intl.DateTimeFormatOptions = {}) {
        super(language, options.timeZone === 'Asia/Almaty' ? { ...options, timeZone: 'Asia/Omsk' } : options);
      }
    } as typeof DateTimeFormat;
  });
  await page.goto('/desk');
  await page.getByRole('link', { name: t.lead!.post!.title! }).click();
  await page.getByLabel(t.lead!.task!.title!).fill('Ночная уборка после праздника');
  await page.getByLabel(t.lead!.task!.description!).fill('Собираемся вечером, заканчиваем ночью.');
  const [from, to] = [t.lead!.shift!.from!, t.lead!.shift!.to!].map((label) => page.getByLabel(label));
  await from!.fill('22:00');
  await to!.fill('02:00');
  await page.getByText(t.lead!.shift!.nextDay!).waitFor();
  await look(page, 'lead-post-night', here);
  await page.getByRole('button', { name: t.lead!.post!.publish!, exact: true }).click();
  const shifts = page.getByRole('region', { name: t.task!.shifts! });
  const hours = '22:00–\u206002:00';
  await shifts.getByText(hours).waitFor();
  await shifts.getByRole('button', { name: t.Action!.UPDATE_SHIFT! }).click();
  expect([await from!.inputValue(), await to!.inputValue()]).toEqual(['22:00', '02:00']);
  await shifts.getByLabel(t.lead!.shift!.place!).fill('У фонтана');
  await shifts.getByRole('button', { name: t.lead!.save! }).click();
  await shifts.getByText('У фонтана').waitFor();

  const visitor = await open(here);
  await visitor.goto(new URL(page.url()).pathname.replace('/desk', ''));
  await visitor.getByText(hours).waitFor();
  await visitor.getByText('У фонтана').first().waitFor();
});
