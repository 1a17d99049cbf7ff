import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';
import { codeOf } from '../src/modules/account/authenticator';
import { type Look, look, lookOnce, open, words } from './browser';
import { mailedLink } from './mail';
import { confirms } from './newcomer';

type Words = ReturnType<typeof words>;

const password = 'таудағы таза ауа';

/** Registers somebody new, aged twenty, and leads to the page next. */
async function register(page: Page, t: Words, email: string, next: string): Promise<void> {
  await page.goto(`/register?next=${encodeURIComponent(next)}`);
  await page.getByLabel(t.account!.givenName!).fill('Дана');
  await page.getByLabel(t.account!.familyName!).fill('Омар');
  await page.getByLabel(t.account!.birthDate!).fill('2005-03-21');
  await page.getByLabel(t.account!.email!).fill(email);
  await page.getByLabel(t.account!.password!).first().fill(password);
  await page.getByRole('button', { name: t.account!.create! }).click();
  await confirms(page, t, email);
}

test('a second factor is turned on, required, renewed and turned off', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const page = await open(here);
  await register(page, t, 'dana@example.org', '/me');
  await page.getByRole('link', { name: t.me!.toSecurity! }).click();
  const part = page.getByRole('region', { name: t.security!.factor! });
  await part.getByLabel(t.account!.password!).first().fill('not the password');
  await look(page, 'security', here);
  await part.getByRole('button', { name: t.security!.turnOn!, exact: true }).click();
  await part.getByText(t.Code!.WRONG_CREDENTIALS!).waitFor();
  await expect.poll(() => part.getByLabel(t.account!.password!).first().inputValue()).toBe('not the password');
  await part.getByLabel(t.account!.password!).first().fill(password);
  await part.getByRole('button', { name: t.security!.turnOn!, exact: true }).click();

  const drawn = part.getByRole('img', { name: t.security!.qr! });
  await drawn.waitFor();
  await look(page, 'security-enrolment', here);
  const uri = read(await drawn.getAttribute('viewBox'), await drawn.locator('path').getAttribute('d'));
  const secret = new URL(uri).searchParams.get('secret')!;
  await part.getByText(secret.match(/.{1,4}/g)!.join(' ')).waitFor();
  await part.getByLabel(t.security!.shownCode!).fill('000000');
  await part.getByRole('button', { name: t.security!.confirm! }).click();
  await part.getByText(t.Code!.WRONG_CODE!).waitFor();
  await part.getByLabel(t.security!.shownCode!).fill((await codeOf(secret))!);
  await part.getByRole('button', { name: t.security!.confirm! }).click();

  const list = part.getByRole('list', { name: t.security!.codes! });
  await expect.poll(() => list.getByRole('listitem').count()).toBe(10);
  await expect.poll(() => list.evaluate((found) => found === document.activeElement)).toBe(true);
  const codes = await list.getByRole('listitem').allInnerTexts();
  const saving = page.waitForEvent('download');
  await part.getByRole('button', { name: t.security!.save! }).click();
  expect(readFileSync(await (await saving).path(), 'utf8')).toContain(codes.join('\n'));
  await look(page, 'security-codes', here);
  await part.getByRole('button', { name: t.security!.kept! }).click();
  await part.getByText(t.security!.on!, { exact: true }).waitFor();
  await look(page, 'security-on', here);

  await page.getByRole('link', { name: t.shell!.me! }).first().click();
  await page.getByRole('button', { name: t.me!.signOut!, exact: true }).click();
  await page.getByRole('heading', { name: t.home!.title! }).waitFor();
  await page.goto('/me/security');
  await page.getByLabel(t.account!.email!).fill('dana@example.org');
  await page.getByLabel(t.account!.password!).first().fill(password);
  await page.getByRole('button', { name: t.account!.enter!, exact: true }).click();
  await page.getByLabel(t.account!.code!).fill((await codeOf(secret, Date.now() + 30_000))!); // the previous one has been used
  await page.getByLabel(t.account!.code!).press('Enter');

  await part.getByText(t.security!.renew!, { exact: true }).click();
  const renewal = part.locator('details').filter({ hasText: t.security!.renewBelow! });
  await renewal.getByLabel(t.account!.code!).fill(codes[0]!);
  await renewal.getByRole('button', { name: t.security!.renewNow! }).click();
  await list.waitFor();
  const [fresh] = await list.getByRole('listitem').allInnerTexts();
  expect(codes).not.toContain(fresh);
  await part.getByRole('button', { name: t.security!.kept! }).click();
  await part.getByText(t.security!.end!, { exact: true }).click();
  const end = part.locator('details').filter({ hasText: t.security!.endBelow! });
  await end.getByLabel(t.account!.password!).first().fill(password);
  await end.getByLabel(t.account!.code!).fill(fresh!);
  await end.getByRole('button', { name: t.security!.endNow! }).click();
  await part.getByText(t.security!.off!, { exact: true }).waitFor();
});

/** Reads a QR code that is drawn as squares, as a camera would. */
function read(viewBox: string | null, path: string | null): string {
  const [, , size = 0] = viewBox!.split(' ').map(Number);
  const [dot, edge] = [4, 4];
  const width = size * dot + 2 * edge;
  const data = new Uint8Array(width * width * 4).fill(255);
  const paint = (pixel: number) => data.fill(0, pixel * 4, pixel * 4 + 3);
  for (const [, x, y] of path!.matchAll(/M(\d+) (\d+)h/g)) {
    for (let row = 0; row < dot; row++) for (let column = 0; column < dot; column++) paint((Number(y) * dot + row + edge) * width + Number(x) * dot + column + edge);
  }
  return decodeQR({ width, height: width, data });
}

test('the chosen language is saved in the account, the name is corrected, and emails go to another address', async () => {
  const here: Look = { width: 1280, theme: 'dark', language: 'ru' };
  const page = await open(here);
  await register(page, words('ru'), 'omar@example.org', '/me');
  const t = words('en');
  const kept = page.waitForResponse((response) => response.request().headers()['idempotency-key'] !== undefined);
  await page.getByRole('banner').getByRole('button', { name: 'English' }).click();
  await kept;
  await page.getByText(t.me!.mailsToo!).waitFor();
  await look(page, 'me-new', { ...here, language: 'en' });
  await expect.poll(() => page.getByText('omar@example.org').last().evaluate((found) => getComputedStyle(found, '::first-letter').textTransform)).not.toBe('uppercase');

  await page.getByRole('link', { name: t.me!.toProfile! }).click();
  await page.getByLabel(t.account!.familyName!).fill('123');
  await page.getByLabel(t.account!.district!).selectOption({ index: 2 });
  await page.getByRole('button', { name: t.account!.resetNow! }).click();
  await page.getByText(t.account!.invalid!.familyName!).waitFor();
  await page.getByLabel(t.account!.familyName!).fill('Омарова');
  await look(page, 'profile', { ...here, language: 'en' });
  await page.getByRole('button', { name: t.account!.resetNow! }).click();
  await page.getByText(t.profile!.saved!).waitFor();
  await page.getByRole('link', { name: t.shell!.me! }).first().click();
  await page.getByRole('heading', { name: 'Дана Омарова' }).waitFor();

  await page.getByRole('link', { name: t.me!.toSecurity! }).click();
  const secrets = page.getByRole('region', { name: t.account!.password!, exact: true });
  await secrets.getByText(t.security!.changePassword!, { exact: true }).click();
  await secrets.getByLabel(t.security!.present!).fill(password);
  await secrets.getByLabel(t.account!.newPassword!).fill('тағы бір жақсы сөз');
  await look(page, 'security-changes', { ...here, language: 'en' });
  await secrets.getByRole('button', { name: t.account!.resetNow! }).click();
  await secrets.getByText(t.security!.passwordDone!).waitFor();
  const email = page.getByRole('region', { name: t.account!.email! });
  await email.getByText(t.security!.changeEmail!).click();
  await email.getByLabel(t.security!.newEmail!, { exact: false }).first().fill('omarova@example.org');
  await email.getByLabel(t.account!.password!).first().fill('тағы бір жақсы сөз');
  await email.getByRole('button', { name: t.account!.mailMe! }).click();
  await email.getByText(t.security!.mailed!.replace('{{email}}', 'omarova@example.org')).waitFor();
  await page.goto(await mailedLink('omarova@example.org', '/verify-email#token='));
  await page.getByRole('button', { name: t.account!.verifyNow! }).click();
  await page.getByText(t.account!.verified!.replace('{{email}}', 'omarova@example.org')).waitFor();
});

test('somebody downloads the data, and erases the account', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'ru' };
  const t = words(here.language);
  const page = await open(here);
  await register(page, t, 'leaving@example.org', '/me/data');
  const download = page.getByRole('region', { name: t.data!.download! });
  await look(page, 'data', here);
  await download.getByLabel(t.account!.password!).first().fill(password);
  const saving = page.waitForEvent('download');
  await download.getByRole('button', { name: t.data!.get! }).click();
  expect(JSON.parse(readFileSync(await (await saving).path(), 'utf8'))).toMatchObject({ format: 'jastar-hub-data/1', account: { email: 'leaving@example.org' } });
  await download.getByText(t.data!.downloaded!).waitFor();

  const erasure = page.getByRole('region', { name: t.data!.erase! });
  await erasure.getByText(t.data!.toErase!).click();
  await erasure.getByLabel(t.data!.typeEmail!).fill('another@example.org');
  await erasure.getByLabel(t.account!.password!).first().fill(password);
  await erasure.getByRole('button', { name: t.data!.eraseNow! }).click();
  await erasure.getByText(t.data!.mistyped!).waitFor();
  await look(page, 'data-erasing', here);
  await erasure.getByLabel(t.data!.typeEmail!).fill('leaving@example.org');
  await erasure.getByRole('button', { name: t.data!.eraseNow! }).click();
  await page.getByRole('heading', { name: t.data!.erased! }).waitFor();
  await look(page, 'data-erased', here);
  await page.goto('/me');
  await page.getByLabel(t.account!.email!).fill('leaving@example.org');
  await page.getByLabel(t.account!.password!).first().fill(password);
  await page.getByRole('button', { name: t.account!.enter!, exact: true }).click();
  await page.getByText(t.Code!.WRONG_CREDENTIALS!).waitFor();
});

test('what was typed is there again after signing in, and so is the part of the page', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'en' };
  const t = words(here.language);
  const page = await open(here);
  await register(page, t, 'typing@example.org', '/propose');
  await page.getByLabel(t.propose!.name!).fill('A bench for the stop');
  await page.getByLabel(t.propose!.text!).fill('People wait here standing.');
  await page.context().clearCookies();
  await page.getByRole('button', { name: t.propose!.submit! }).click();
  const signIn = async () => {
    await page.getByLabel(t.account!.email!).fill('typing@example.org');
    await page.getByLabel(t.account!.password!).first().fill(password);
    await page.getByRole('button', { name: t.account!.enter!, exact: true }).click();
  };
  await signIn();
  await expect.poll(() => page.getByLabel(t.propose!.text!).inputValue()).toBe('People wait here standing.');
  await expect.poll(() => page.getByLabel(t.propose!.name!).inputValue()).toBe('A bench for the stop');

  await page.context().clearCookies();
  await page.goto('/me/security#factor');
  await signIn();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(t.security!.factor!);
  expect(page.url()).toMatch(/\/me\/security#factor$/);
});

test('somebody reports a team', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'kk' };
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/ngos');
  await page.getByRole('listitem').filter({ hasNotText: t.ngos!.noTeams! }).getByRole('link').first().click();
  await page.getByRole('heading', { name: t.ngos!.teams!, exact: true }).waitFor();
  await page.getByRole('listitem').getByRole('link').first().click();
  await page.getByRole('link', { name: t.Action!.REPORT_CONTENT! }).click();
  await page.getByRole('link', { name: t.account!.toRegister! }).click();
  await page.getByLabel(t.account!.givenName!).fill('Дана');
  await page.getByLabel(t.account!.familyName!).fill('Омар');
  await page.getByLabel(t.account!.birthDate!).fill('2005-03-21');
  await page.getByLabel(t.account!.email!).fill('reporter@example.org');
  await page.getByLabel(t.account!.password!).first().fill(password);
  await page.getByRole('button', { name: t.account!.create! }).click();
  await confirms(page, t, 'reporter@example.org');

  const button = page.getByRole('button', { name: t.Action!.REPORT_CONTENT! }).last();
  await button.click();
  const dialog = page.getByRole('dialog', { name: t.report!.title! });
  await dialog.getByLabel(t.report!.reason!).selectOption('OTHER');
  await dialog.getByRole('button', { name: t.report!.send! }).click();
  await expect.poll(() => dialog.getByLabel(t.report!.words!).evaluate((field: HTMLTextAreaElement) => field.validity.valueMissing)).toBe(true);
  await dialog.getByLabel(t.report!.words!).fill('Атауы дұрыс емес');
  await lookOnce(page, 'report', here);
  await dialog.getByRole('button', { name: t.report!.send! }).click();
  await dialog.getByText(t.report!.done!).waitFor();
  await lookOnce(page, 'report-done', here);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => button.evaluate((found) => found === document.activeElement)).toBe(true);
});
