import { expect, test } from 'vitest';
import { focused, type Look, look, open, sayYes, words } from './browser';
import { newcomer, taskWith } from './newcomer';

test('what removes something asks first, and the result gets the focus', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const page = await newcomer(here);
  const { task, shift } = await taskWith(page, ({ seats, waiting }) => seats.free > 0 && waiting === 0);
  const row = page.locator(`[id="${shift.id}"]`);
  await page.goto(`/tasks/${task.id}`);
  await row.getByRole('button', { name: t.Action!.SIGN_UP!, exact: true }).click();
  await row.getByText(t.SignupState!.CONFIRMED!).waitFor();

  const cancel = row.getByRole('button', { name: t.Action!.CANCEL_SIGNUP! });
  const dialog = page.getByRole('dialog', { name: t.ask!.cancelSignup! });
  await cancel.press('Enter');
  await expect.poll(() => focused(page)).toBe(t.ask!.no!);
  await look(page, 'ask', here);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => cancel.evaluate((button) => button === document.activeElement)).toBe(true);
  await cancel.click();
  await dialog.getByRole('button', { name: t.ask!.no!, exact: true }).click();
  await row.getByText(t.SignupState!.CONFIRMED!).waitFor();

  await cancel.click();
  await page.goBack();
  await dialog.waitFor({ state: 'detached' });
  await page.goForward();
  await row.getByText(t.SignupState!.CONFIRMED!).waitFor();
  await cancel.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await cancel.waitFor({ state: 'detached' });
  await expect.poll(() => focused(page)).not.toBe('');
});

test('a proposal is withdrawn only after a confirmation', async () => {
  const here: Look = { width: 1280, theme: 'dark', language: 'ru' };
  const t = words(here.language);
  const page = await open(here, 'resident-1@example.org');
  await page.goto('/propose');
  await page.getByLabel(t.propose!.name!).fill('Скамейка у подъезда');
  await page.getByLabel(t.propose!.text!).fill('Пожилым людям негде присесть.');
  await page.getByRole('button', { name: t.propose!.submit! }).click();
  await page.getByRole('button', { name: t.Action!.WITHDRAW_PROPOSAL! }).click();
  await look(page, 'ask-proposal', here);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: t.Action!.WITHDRAW_PROPOSAL! }).click();
  await sayYes(page, t);
  await page.getByText(t.ProposalState!.WITHDRAWN!).first().waitFor();
});

test('the filters in the address are shown on a phone, and are removed with a tap', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/tasks?focus=ECOLOGICAL&when=month&text=тал&order=NEWEST&free');
  const on = page.locator('search button[aria-pressed=true]');
  await expect.poll(() => on.allInnerTexts()).toEqual([t.tasks!.free!, 'тал', t.Focus!.ECOLOGICAL!, t.tasks!.when!.month!, t.TaskOrder!.NEWEST!]);
  await look(page, 'tasks-filtered', here);
  for (let left = 4; left >= 0; left--) {
    await on.first().click();
    await expect.poll(() => on.count()).toBe(left);
  }
  expect(new URL(page.url()).search).toBe('');
});
