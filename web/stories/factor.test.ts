import { expect, test } from 'vitest';
import { codeOf } from '../src/modules/account/authenticator';
import { type Look, look, open, password, secret, signIn, words } from './browser';

test('an officer signs in with a code, after a wrong one', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/sign-in');
  await expect.poll(() => page.getByLabel(t.account!.code!).count()).toBe(0);
  await signIn(page, 'coordinator-3@example.org', t);
  const code = page.getByLabel(t.account!.code!);
  await code.waitFor();
  await expect.poll(() => code.evaluate((field) => field === document.activeElement)).toBe(true);
  await expect.poll(() => page.getByLabel(t.account!.password!, { exact: false }).first().inputValue()).toBe(password);
  await page.getByText(t.Code!.SECOND_FACTOR_REQUIRED!).waitFor();
  await expect.poll(() => code.getAttribute('inputmode')).toBe('numeric');
  await page.getByRole('button', { name: t.account!.recoveryCode! }).click();
  await expect.poll(() => code.getAttribute('inputmode')).toBe('text');
  await code.fill('ABCD-EFGH');
  await code.press('Enter');
  await page.getByText(t.Code!.WRONG_CODE!).waitFor();
  await expect.poll(() => code.getAttribute('aria-invalid')).toBe('true');
  await look(page, 'sign-in-code', here);

  await code.fill((await codeOf(secret))!);
  await code.press('Enter');
  await page.getByRole('button', { name: t.me!.signOut!, exact: true }).waitFor();
});

test('one tap signs in as the coordinator of the demo, and another address needs no code', async () => {
  const here: Look = { width: 1280, theme: 'dark', language: 'ru' };
  const t = words(here.language);
  const page = await open(here);
  const account = { role: 'centre coordinator', email: 'coordinator-4@example.org', password, secret };
  await page.route('**/app.json', (route) => route.fulfill({ json: { tiles: '', accounts: [account] } }));
  await page.goto('/sign-in');
  await signIn(page, 'consultant-1@example.org', t);
  await page.getByLabel(t.account!.code!).waitFor();
  await page.getByLabel(t.account!.email!).fill('adult-1@example.org');
  await page.getByLabel(t.account!.code!).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: account.role }).click();
  await page.getByText(account.email).first().waitFor();
});
