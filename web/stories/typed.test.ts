import { expect, test } from 'vitest';
import { focused, type Look, look, open, signIn, words } from './browser';
import { newcomer } from './newcomer';

test('a proposal that is being written survives a reload and the back button, and is only for its writer', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const page = await newcomer(here);
  const [name, text, place] = [t.propose!.name!, t.propose!.text!, t.propose!.place!].map((label) => page.getByLabel(label));
  const written = ['Аялдамаға орындық керек', 'Адамдар автобусты тұрып күтеді, қарттар шаршайды.', 'Абай даңғылы'];
  const typed = () => Promise.all([name!, text!, place!].map((field) => field.inputValue()));
  await page.getByRole('link', { name: t.proposals!.propose! }).click();
  for (const [n, field] of [name!, text!, place!].entries()) await field.fill(written[n]!);
  await page.reload();
  await expect.poll(typed).toEqual(written);
  await page.goBack();
  await page.getByRole('heading', { name: t.me!.coming! }).waitFor();
  await page.goForward();
  await expect.poll(typed).toEqual(written);

  // The next person at this phone starts with empty forms.
  await page.goto('/me');
  await page.getByRole('button', { name: t.me!.signOut!, exact: true }).click();
  await page.getByRole('heading', { name: t.home!.title! }).waitFor();
  await page.goto('/sign-in?next=%2Fpropose');
  await signIn(page, 'resident-1@example.org', t);
  await name!.waitFor();
  await expect.poll(typed).toEqual(['', '', '']);
  await expect.poll(() => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('draft')))).toEqual([]);

  for (const [n, field] of [name!, text!, place!].entries()) await field.fill(written[n]!);
  await page.getByRole('button', { name: t.propose!.submit! }).click();
  await page.getByRole('heading', { level: 1, name: written[0]! }).waitFor();
  // People cannot report what is their own.
  await expect.poll(() => page.getByRole('button', { name: t.Action!.REPORT_CONTENT! }).count()).toBe(0);
  const own = page.url();
  await page.goto('/propose');
  await name!.waitFor();
  await expect.poll(typed).toEqual(['', '', '']);

  const other = await open(here, 'volunteer-1@example.org');
  await other.goto(own);
  await other.getByRole('button', { name: t.Action!.REPORT_CONTENT! }).waitFor();
});

test('somebody who registers finds what was typed, except the password', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'ru' };
  const t = words(here.language);
  const page = await open(here);
  const [given, born, district, email, password] = ['givenName', 'birthDate', 'district', 'email', 'password'].map((name) => page.getByLabel(t.account![name]!).first());
  const fields = [given!, born!, district!, email!, password!];
  const typed = () => Promise.all(fields.map((field) => field.inputValue()));
  await page.goto('/sign-in');
  await page.getByRole('link', { name: t.account!.toRegister! }).click();
  await given!.fill('Сабина');
  await born!.fill('2005-06-07');
  await email!.fill('never-sent@example.net');
  await password!.fill('таудағы таза ауа');
  const chosen = (await district!.selectOption({ index: 3 }))[0]!;
  await page.reload();
  await expect.poll(typed).toEqual(['Сабина', '2005-06-07', chosen, 'never-sent@example.net', '']);
  await page.goBack();
  await page.getByRole('heading', { name: t.account!.signIn! }).waitFor();
  await page.goForward();
  await expect.poll(typed).toEqual(['Сабина', '2005-06-07', chosen, 'never-sent@example.net', '']);

  await page.goto('/sign-in');
  await signIn(page, 'adult-1@example.org', t);
  await page.getByRole('button', { name: t.me!.signOut!, exact: true }).click();
  await page.getByRole('heading', { name: t.home!.title! }).waitFor();
  await page.goto('/register');
  await given!.waitFor();
  await expect.poll(typed).toEqual(['', '', '', '', '']);
});

/** Pages with a form, and the signed-in account if one is needed. */
const forms: [path: string, email?: string][] = [
  ['/sign-in'],
  ['/register'],
  ['/forgot-password'],
  ['/reset-password#token=x'],
  ['/certificates'],
  ['/propose', 'adult-1@example.org'],
  ['/me/profile', 'adult-1@example.org'],
  ['/me/data', 'adult-1@example.org'],
  ['/desk/city/ngos/new', 'officer-1@example.org'],
  ['/desk/city/people', 'officer-1@example.org'],
  ['/desk/city/calendar', 'officer-1@example.org'],
];

test.each(forms)('%s says in its own words what is missing', async (path, email) => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const page = await open(here, email);
  await page.goto(path);
  const form = page.locator('main form').first();
  const required = form.locator('input[required]:visible, textarea[required]:visible');
  await form.waitFor();
  for (const field of await required.all()) await field.fill('');
  await form.locator('button[type=submit]').click();
  await expect.poll(() => page.locator('form:not([novalidate])').count()).toBe(0);
  const told = () => required.evaluateAll((fields) => fields.map((field) => document.getElementById(field.getAttribute('aria-describedby')?.split(' ').pop() ?? '')?.innerText));
  const count = await required.count();
  if (count === 0) return;
  await expect.poll(told).toEqual(Array.from({ length: count }, () => t.field!.missing!));
  await expect.poll(() => required.first().evaluate((field) => field === document.activeElement)).toBe(true);
  await look(page, `missing${path.replace(/\W+/g, '-')}`, here);
});

test('an error is shown beside its field, until the field is changed', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'ru' };
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/forgot-password');
  const email = page.getByLabel(t.account!.email!);
  await email.fill('не адрес');
  await email.press('Enter');
  await page.getByText(t.account!.invalid!.email!).waitFor();
  await expect.poll(() => email.getAttribute('aria-invalid')).toBe('true');
  await email.fill('who@example.net');
  await page.getByText(t.account!.invalid!.email!).waitFor({ state: 'detached' });
  await email.press('Enter');
  await page.getByText(t.account!.mailed!.replace('{{email}}', 'who@example.net')).waitFor();
  await expect.poll(() => focused(page)).not.toBe('');
});
