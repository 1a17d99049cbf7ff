import { test } from 'vitest';
import { type Look, look, open, words } from './browser';

const coordinator = 'coordinator-1@example.org';

test('a coordinator hides what was reported, shows it again, and dismisses a report', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'ru' };
  const t = words(here.language);
  const page = await open(here, coordinator);
  await page.goto('/desk');
  await page.waitForURL('**/desk/centres/*');
  await page.goto(`${page.url()}/reports`);
  const waiting = page.getByRole('region', { name: t.moderation!.open! });
  await waiting.getByRole('listitem').first().waitFor();
  await look(page, 'desk-reports', here);
  const first = waiting.getByRole('listitem').first();
  const title = await first.getByRole('heading').innerText();
  await first.getByRole('button', { name: t.Action!.HIDE_CONTENT!, exact: true }).click();
  await first.getByLabel(t.moderation!.why!).fill('Повторяет другое предложение слово в слово.');
  await look(page, 'desk-reports-hiding', here);
  await first.getByLabel(t.moderation!.why!).press('Control+Enter');
  const decided = page.getByRole('region', { name: t.moderation!.decided! });
  const hidden = decided.getByRole('listitem').filter({ hasText: title });
  await hidden.getByRole('button', { name: t.Action!.SHOW_CONTENT! }).click();
  await hidden.getByLabel(t.moderation!.why!).fill('Это другой двор, ошибка.');
  await hidden.getByRole('button', { name: t.Action!.SHOW_CONTENT! }).click();
  await hidden.waitFor({ state: 'detached' });

  await first.getByRole('button', { name: t.moderation!.dismiss! }).click();
  await first.getByLabel(t.moderation!.why!).fill('Адрес верный, проверили.');
  await first.getByRole('button', { name: t.moderation!.dismiss! }).click();
  await page.getByText(t.moderation!.noReports!).waitFor();
  await look(page, 'desk-reports-none', here);
});
