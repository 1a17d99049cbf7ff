import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Look, look, open, signIn, words } from './browser';
import { confirms } from './newcomer';

type T = ReturnType<typeof words>;

const filled = (text: string, values: Record<string, string | number>) => text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));

/** The city's day some days from now, in the form of the field. */
const dayIn = (days: number) => new Date(Date.now() + 5 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** A lead posts a task with a shift in five days; returns the lead's page and the task's id. */
async function posted(here: Look, title: string): Promise<[Page, string]> {
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/sign-in?next=%2Fdesk');
  await signIn(page, 'lead-1@example.org', t);
  await page.getByRole('link', { name: t.lead!.post!.title! }).click();
  await page.getByRole('heading', { level: 1, name: t.lead!.post!.title! }).waitFor();
  await page.getByLabel(t.lead!.task!.title!).fill(title);
  await page.getByLabel(t.lead!.task!.description!).fill('Қолғап пен су алып келіңіз, қалғаны бізден.');
  const shift = page.getByRole('group', { name: filled(t.lead!.post!.shift!, { number: 1 }) });
  await shift.getByLabel(t.lead!.shift!.date!).fill(dayIn(5));
  await shift.getByLabel(t.lead!.shift!.from!).fill('10:00');
  await shift.getByLabel(t.lead!.shift!.to!).fill('13:00');
  await shift.getByLabel(t.lead!.shift!.place!).fill('Сквердің қақпасы');
  await page.getByRole('button', { name: t.lead!.post!.publish!, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  return [page, page.url().match(/tasks\/([\w-]+)/)![1]!];
}

/** Somebody new, who continues to a page. */
async function newcomer(here: Look, email: string, next: string): Promise<Page> {
  const t = words(here.language);
  const page = await open(here);
  await page.goto(`/register?next=${encodeURIComponent(next)}`);
  await page.getByLabel(t.account!.givenName!).fill('Мәлика');
  await page.getByLabel(t.account!.familyName!).fill('Оспан');
  await page.getByLabel(t.account!.birthDate!).fill('2002-03-04');
  await page.getByLabel(t.account!.email!).fill(email);
  await page.getByLabel(t.account!.password!).first().fill('таудағы таза ауа');
  await page.getByRole('button', { name: t.account!.create! }).click();
  await confirms(page, t, email);
  return page;
}

/** The lead moves the first shift to another place. */
async function moves(page: Page, t: T, place: string): Promise<void> {
  const shifts = page.getByRole('region', { name: t.task!.shifts! });
  await shifts.getByRole('button', { name: t.Action!.UPDATE_SHIFT! }).first().click();
  await shifts.getByLabel(t.lead!.shift!.place!).fill(place);
  await shifts.getByRole('button', { name: t.lead!.save! }).click();
  await shifts.getByLabel(t.lead!.shift!.place!).waitFor({ state: 'detached' });
}

/** Returns to the window until something is there. */
const returns = (page: Page, there: () => Promise<boolean>) =>
  expect.poll(() => page.evaluate(() => void window.dispatchEvent(new Event('focus'))).then(there), { interval: 1000, timeout: 30_000 }).toBe(true);

test('a lead moves a shift: the volunteer sees that there is something new, reads it, and is led to the task', { timeout: 180_000 }, async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const [lead, task] = await posted({ width: 1280, theme: 'light', language: 'ru' }, 'Бақта жапырақ жинау');
  const page = await newcomer(here, 'malika@example.net', `/tasks/${task}`);
  await page.getByRole('button', { name: t.Action!.SIGN_UP!, exact: true }).first().click();
  await page.getByText(t.SignupState!.CONFIRMED!).first().waitFor();
  const bell = page.getByRole('banner').getByRole('link', { name: t.notices!.title! });
  await bell.click();
  await page.getByText(t.notices!.none!).waitFor();
  await look(page, 'notices-none', here);
  await page.goto('/');

  await moves(lead, words('ru'), 'Субұрқақтың жаны');
  await moves(lead, words('ru'), 'Алаңның ортасы');
  const two = filled(t.notices!.unread_other!, { count: 2 });
  await page.getByRole('link', { name: two }).waitFor(); // by itself
  await look(page, 'home-unread', here);
  await page.getByRole('link', { name: two }).click();
  const unread = page.getByRole('main').getByRole('listitem').filter({ has: page.getByText(t.notices!.new!, { exact: true }) });
  await expect.poll(() => unread.count()).toBe(2);
  await look(page, 'notices', here);

  // A notice is read as soon as its link is opened, even before the hub has confirmed it.
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('"ids"')) await new Promise((answered) => setTimeout(answered, 1500));
    await route.continue();
  });
  await unread.first().getByRole('link').click();
  await page.getByRole('banner').getByRole('link', { name: filled(t.notices!.unread_one!, { count: 1 }) }).waitFor();
  await page.getByRole('heading', { level: 1, name: 'Бақта жапырақ жинау' }).waitFor();
  expect(page.url()).toContain(`/tasks/${task}`);
  await page.goBack();
  await expect.poll(() => unread.count()).toBe(1);
  await page.getByRole('button', { name: t.notices!.readAll! }).click();
  await expect.poll(() => unread.count()).toBe(0);
  await page.getByRole('banner').getByRole('link', { name: t.notices!.title!, exact: true }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('main').getByRole('listitem').first().waitFor();
  await expect.poll(() => unread.count()).toBe(0);

  // Without a network, what was marked becomes unmarked, with a message.
  await moves(lead, words('ru'), 'Гүлзардың шеті');
  await returns(page, () => unread.first().isVisible());
  await page.route('**/graphql', (route) => route.abort());
  await page.getByRole('button', { name: t.notices!.readAll! }).click();
  await page.getByRole('alert').getByText(t.states!.noAnswer!).waitFor();
  await expect.poll(() => unread.count()).toBe(1);
});

test('the choice of how to be told is saved', async () => {
  const here: Look = { width: 1280, theme: 'dark', language: 'ru' };
  const t = words(here.language);
  const page = await newcomer(here, 'told@example.net', '/me');
  await page.getByRole('link', { name: t.notices!.settings! }).click();
  await page.getByRole('heading', { level: 1, name: t.notices!.settings! }).waitFor();
  const topic = (name: string) => page.getByRole('group', { name: t.NoticeTopic![name]! });
  const mail = topic('PROPOSALS').getByLabel(t.Channel!.EMAIL!);
  await expect.poll(() => mail.inputValue()).toBe('NEEDED');
  await expect.poll(() => topic('CENTRE').count()).toBe(0);
  const kept = page.waitForResponse((answer) => answer.request().postData()?.includes('"email"') ?? false);
  await mail.selectOption('DAILY');
  await expect.poll(() => mail.inputValue()).toBe('DAILY');
  await kept;
  await expect.poll(() => page.getByText('Telegram').count()).toBe(0); // this hub has no bot
  await look(page, 'notice-settings', here);
  await page.reload();
  await mail.waitFor();
  await expect.poll(() => mail.inputValue()).toBe('DAILY');
  await expect.poll(() => topic('SHIFTS').getByLabel(t.Channel!.EMAIL!).inputValue()).toBe('NEEDED');
});

test('a task is found by a misspelled word, and by one in Russian letters', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'ru' };
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/');
  await page.getByRole('banner').getByRole('link', { name: t.search!.title! }).click();
  const field = page.getByLabel(t.search!.words!);
  await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
  await look(page, 'search-begin', here);
  const match = (title: RegExp) => page.getByRole('listitem').getByRole('link', { name: title }).first();
  await field.fill('скворешникы');
  await match(/скворечник/i).waitFor();
  await expect.poll(() => page.url()).toContain('text=');
  await look(page, 'search', here);
  await field.fill('карттарга');
  await match(/қарттар/i).waitFor();

  await page.getByRole('button', { name: t.search!.type!.TEAM! }).click();
  await expect.poll(() => page.url()).toContain('types=TEAM');
  await page.getByText(t.search!.none!).or(page.getByText(t.SearchType!.TEAM!).first()).first().waitFor();
  await field.fill('щщщщщ');
  await page.getByText(t.search!.none!).waitFor();
  await look(page, 'search-none', here);
  await page.getByRole('button', { name: t.search!.everywhere! }).click();
  await expect.poll(() => page.url()).not.toContain('types');
  await field.fill('тазалау');
  await match(/тазалау/i).click();
  await page.getByRole('heading', { level: 1, name: /тазалау/i }).waitFor();
  await page.goBack();
  await match(/тазалау/i).waitFor();
  await expect.poll(() => page.getByLabel(t.search!.words!).inputValue()).toBe('тазалау');

  await page.route('**/graphql', (route) => route.abort());
  await page.getByLabel(t.search!.words!).fill('көмек');
  await page.getByText(t.states!.old!).waitFor();
});
