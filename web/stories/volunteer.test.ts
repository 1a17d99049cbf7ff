import { expect, test } from 'vitest';
import { type Look, look, open, sayYes, signIn, words } from './browser';
import { mailedLink } from './mail';

test('a volunteer finds a task, registers, signs up, sees it on her page, and cancels', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/tasks');
  await page.getByRole('button', { name: t.tasks!.free! }).click();
  await expect.poll(() => page.url()).toContain('?free');
  await page.getByRole('listitem').getByRole('link').first().click();
  const title = await page.getByRole('heading', { level: 1 }).innerText();
  await look(page, 'task-visitor', here);

  await page.getByRole('link', { name: t.Action!.SIGN_UP! }).first().click();
  await page.getByRole('link', { name: t.account!.toRegister! }).click();
  await page.getByLabel(t.account!.givenName!).fill('Сабина');
  await page.getByLabel(t.account!.familyName!).fill('Төлеген');
  await page.getByLabel(t.account!.birthDate!).fill('2001-05-09');
  await page.getByLabel(t.account!.email!).fill('sabina@example.org');
  await page.getByLabel(t.account!.password!).first().fill('таудағы таза ауа');
  await page.getByRole('button', { name: t.account!.create! }).click();

  const off = page.getByRole('button', { name: t.Action!.SIGN_UP!, exact: true }).first();
  await page.getByText(t.Code!.EMAIL_UNVERIFIED!).first().waitFor();
  await expect.poll(() => off.getAttribute('aria-disabled')).toBe('true');
  await look(page, 'task-unverified', here);
  const task = page.url();
  await page.getByRole('link', { name: t.account!.verify! }).first().click();
  await page.getByText(t.security!.unverified!.replace('{{email}}', 'sabina@example.org')).waitFor();

  const link = await mailedLink('sabina@example.org', '/verify-email#token=');
  await page.context().clearCookies(); // opened where nobody is signed in
  await page.goto(link);
  await expect.poll(() => page.url()).not.toContain('token');
  await page.getByRole('button', { name: t.account!.verifyNow! }).click();
  await signIn(page, 'sabina@example.org', t, 'таудағы таза ауа');
  await page.getByRole('button', { name: t.account!.verifyNow! }).click();
  await page.getByText(t.account!.verified!.replace('{{email}}', 'sabina@example.org')).waitFor();

  await page.goto(task);
  await page.getByRole('button', { name: t.Action!.SIGN_UP!, exact: true }).first().click();
  await page.getByText(t.SignupState!.CONFIRMED!).waitFor();
  await look(page, 'task-signed-up', here);

  await page.getByRole('link', { name: t.shell!.me! }).click();
  await page.getByRole('link', { name: title }).waitFor();
  await page.getByText('sabina@example.org').first().waitFor();
  await look(page, 'me-signed-up', here);
  await page.getByRole('button', { name: t.Action!.CANCEL_SIGNUP! }).click();
  await sayYes(page, t);
  await page.getByText(t.me!.noneComing!).waitFor();
  await page.getByText(t.SignupState!.CANCELLED!).waitFor();
});

test('a volunteer asks to join a team, and withdraws the request', async () => {
  const here: Look = { width: 1280, theme: 'light', language: 'ru' };
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/ngos');
  await page.getByRole('listitem').filter({ hasNotText: t.ngos!.noTeams! }).getByRole('link').first().click();
  await page.getByRole('heading', { name: t.ngos!.teams!, exact: true }).waitFor();
  await look(page, 'ngo', here);
  await page.getByRole('listitem').getByRole('link').first().click();
  await page.getByRole('link', { name: t.Action!.REQUEST_MEMBERSHIP! }).click();
  await signIn(page, 'resident-1@example.org', t);
  await page.getByRole('button', { name: t.Action!.REQUEST_MEMBERSHIP! }).click();
  await page.getByRole('button', { name: t.Action!.WITHDRAW_MEMBERSHIP! }).waitFor();
  await look(page, 'team-asked', here);
  await page.getByRole('button', { name: t.Action!.WITHDRAW_MEMBERSHIP! }).click();
  await sayYes(page, t);
  await page.getByRole('button', { name: t.Action!.REQUEST_MEMBERSHIP! }).waitFor();
  await page.getByRole('definition').getByRole('link').last().click();
  await page.getByRole('heading', { name: t.centre!.teams! }).waitFor();
  await look(page, 'centre', here);
});

test('a resident proposes something and follows it', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'kk' };
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/propose');
  await signIn(page, 'resident-1@example.org', t);
  await page.getByLabel(t.propose!.name!).fill('Сквердегі сынған орындықтар');
  await page.getByLabel(t.propose!.text!).fill('Орындықтардың тақтайы шіріп кеткен, қарттар отыра алмайды.');
  await page.getByLabel(t.propose!.place!).fill('Сайран көлінің жағасы');
  await look(page, 'propose', here);
  await page.getByRole('button', { name: t.propose!.submit! }).click();
  await page.getByRole('heading', { name: t.proposal!.trail! }).waitFor();
  await page.getByRole('button', { name: t.Action!.SUPPORT_PROPOSAL! }).click();
  await page.getByRole('button', { name: t.Action!.WITHDRAW_SUPPORT! }).waitFor();
  await page.getByText(t.proposal!.supporters_one!.replace('{{count}}', '1')).waitFor();
  await look(page, 'proposal', here);
  await page.getByRole('link', { name: t.shell!.me! }).click();
  await page.getByRole('link', { name: 'Сквердегі сынған орындықтар' }).waitFor();
});

test('two taps over a connection that is lost make one sign-up', async () => {
  const here: Look = { width: 1280, theme: 'dark', language: 'ru' };
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/sign-in?next=/tasks%3Fmine%26free');
  await signIn(page, 'adult-1@example.org', t);
  await page.getByRole('listitem').getByRole('link').first().click();
  const button = page.getByRole('button', { name: t.Action!.SIGN_UP!, exact: true }).first();
  await button.waitFor();

  const keys: string[] = [];
  await page.route('**/graphql', async (route) => {
    const key = route.request().headers()['idempotency-key'];
    if (!key) return route.continue();
    keys.push(key);
    if (keys.length > 2) return route.continue();
    await route.fetch(); // the hub does it, and the answer is lost
    return route.abort('connectionreset');
  });
  await button.dblclick();
  await page.getByText(t.SignupState!.CONFIRMED!).waitFor();
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);

  const title = await page.getByRole('heading', { level: 1 }).innerText();
  await page.getByRole('link', { name: t.shell!.me! }).click();
  await page.getByRole('link', { name: title }).first().waitFor();
  await look(page, 'me-adult', here);
});

test('whatever goes wrong has a message', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'en' };
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/tasks/019a0000-0000-7000-8000-000000000000');
  await page.getByText(t.missing!.gone!).waitFor();
  await look(page, 'task-gone', here);

  await page.goto('/sign-in');
  await signIn(page, 'adult-1@example.org', t);
  await page.getByRole('heading', { name: t.me!.coming! }).waitFor();

  // The session ends elsewhere: the next change leads to the sign-in page, and from there back.
  await page.context().clearCookies();
  await page.getByRole('button', { name: t.Action!.CANCEL_SIGNUP! }).first().click();
  await sayYes(page, t);
  await page.getByText(t.account!.signInFirst!).waitFor();
  await signIn(page, 'adult-1@example.org', t);
  await page.getByRole('heading', { name: t.me!.coming! }).waitFor();

  // Without a network what was read stays, and what was not says so.
  await page.context().setOffline(true);
  await page.getByText(t.shell!.offline!).waitFor();
  await page.getByRole('heading', { name: t.me!.coming! }).waitFor();
  await page.getByRole('button', { name: t.me!.signOut!, exact: true }).click();
  await page.getByText(t.states!.noAnswer!).waitFor();
  await look(page, 'me-offline', here);
  await page.context().setOffline(false);

  // The hub is busy: the app asks again.
  let busy = 2;
  await page.route('**/graphql', (route) =>
    busy-- > 0 ? route.fulfill({ status: 503, headers: { 'Retry-After': '1' }, contentType: 'application/json', body: '{"errors":[{"message":"","extensions":{"code":"BUSY"}}]}' }) : route.continue(),
  );
  await page.getByRole('link', { name: t.shell!.home! }).click();
  await page.getByRole('heading', { name: t.home!.needed! }).waitFor();
  expect(busy).toBeLessThan(0);
});
