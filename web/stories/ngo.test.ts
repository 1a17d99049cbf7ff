import { expect, test } from 'vitest';
import { type Look, look, open, words } from './browser';

const here: Look = { width: 360, theme: 'light', language: 'ru' };

test('a lead of an NGO makes a team, and asks another centre to host it', async () => {
  const t = words(here.language);
  const page = await open(here, 'ngo-lead-1@example.org');
  await page.goto('/desk');
  await page.getByText(t.desk!.ngoText!).first().waitFor();
  await page.getByRole('listitem').filter({ hasText: t.desk!.ngoText! }).getByRole('link').first().click();
  await page.waitForURL('**/desk/ngos/*');

  // Errors are shown beside their fields, and what was typed stays.
  const create = page.getByRole('button', { name: t.Action!.CREATE_TEAM!, exact: true });
  await create.click();
  await page.getByLabel(t.ngoDesk!.about!).fill('Учим читать карты');
  await create.click();
  await page.getByLabel(t.ngoDesk!.centre!).and(page.locator('[aria-invalid="true"]')).waitFor();
  await expect.poll(() => page.getByLabel(t.ngoDesk!.about!).inputValue()).toBe('Учим читать карты');
  await look(page, 'ngo-desk-new-team', here);

  await page.getByLabel(t.city!.nameIn!.replace('{{language}}', t.languages!.ru!)).fill('Горная тропа');
  const centres = page.getByLabel(t.ngoDesk!.centre!);
  const host = (await centres.locator('option').nth(1).innerText()).trim();
  await centres.selectOption({ index: 1 });
  await create.click();
  await page.waitForURL('**/desk/teams/*');
  await page.getByRole('heading', { level: 1, name: 'Горная тропа' }).waitFor();

  const hosted = page.getByRole('region', { name: t.lead!.host!.title! });
  await hosted.getByText(host).waitFor();
  const move = hosted.getByRole('button', { name: t.Action!.MOVE_TEAM! });
  await move.click();
  const others = hosted.getByLabel(t.lead!.host!.centre!);
  await expect.poll(() => others.locator('option').allInnerTexts()).not.toContain(host);
  const other = (await others.locator('option').nth(1).innerText()).trim();
  await others.selectOption({ index: 1 });
  await move.click();
  await hosted.getByText(t.lead!.host!.asked!.split('(')[0]!).filter({ hasText: other }).waitFor();
  await look(page, 'team-desk-moving', here);
});
