import { expect, test } from 'vitest';
import { type Look, look, open, sayYes, words } from './browser';
import { mailedLink } from './mail';

const officer = 'officer-1@example.org';

/** An officer's desk in some look. */
async function desk(here: Look, path: string) {
  const page = await open(here, officer);
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, t: words(here.language) };
}

test('an officer sees the plan and what is stuck, and opens a centre with a reason', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const { page, t } = await desk(here, '/desk');
  await page.waitForURL('**/desk/city');
  const plan = page.getByRole('region', { name: t.home!.plan!.split('{{')[0]! });
  await plan.getByText(t.home!.notCounted!).first().waitFor();
  const open11 = await plan.getByRole('listitem').first().locator('b').innerText();
  await look(page, 'city-desk', here);

  const planned = page.getByRole('region', { name: t.city!.stuck!.centres! });
  const name = await planned.getByRole('link').first().innerText();
  await planned.getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByRole('button', { name: t.city!.centreInto!.OPEN! }).click();
  await page.getByLabel(t.city!.reason!).fill('Жөндеу бітті, акті қабылданды.');
  await page.getByRole('button', { name: t.city!.centreInto!.OPEN! }).click();
  await page.getByText('Жөндеу бітті, акті қабылданды.').waitFor();
  await page.getByRole('button', { name: t.city!.centreInto!.CLOSED! }).waitFor();
  await look(page, 'city-centre', here);

  await page.getByRole('link', { name: t.city!.way!.plan!, exact: true }).click();
  await expect.poll(async () => Number(await plan.getByRole('listitem').first().locator('b').innerText())).toBe(Number(open11) + 1);
  await expect.poll(() => planned.getByText(name).count()).toBe(0);
});

test('an officer creates an NGO, is told about a wrong BIN, and invites its lead', async () => {
  const here: Look = { width: 1280, theme: 'light', language: 'ru' };
  const { page, t } = await desk(here, '/desk/city/ngos');
  await page.getByRole('listitem').first().waitFor();
  await look(page, 'city-ngos', here);
  await page.getByRole('link', { name: t.Action!.CREATE_NGO! }).click();
  const russian = page.getByLabel(t.city!.nameIn!.replace('{{language}}', t.languages!.ru!));
  const bin = page.getByLabel(t.ngos!.bin!);
  await russian.fill('Молодёжь за чистые реки');
  await page.getByLabel(t.city!.mission!).fill('Убираем берега горных рек и учим этому школьников.');
  await bin.fill('261140000001');
  await page.getByRole('button', { name: t.Action!.CREATE_NGO! }).click();
  await page.getByText(t.city!.invalid!.bin!).waitFor();
  await expect.poll(() => russian.inputValue()).toBe('Молодёжь за чистые реки');
  await expect.poll(() => page.getByLabel(t.city!.mission!).inputValue()).toContain('горных рек');
  await look(page, 'city-ngo-wrong-bin', here);
  await bin.fill('');
  await page.getByRole('button', { name: t.Action!.CREATE_NGO! }).click();
  await page.getByRole('heading', { level: 1, name: 'Молодёжь за чистые реки' }).waitFor();

  const invite = page.getByRole('region', { name: t.city!.inviteLead! });
  await invite.getByLabel(t.account!.email!).fill('rivers@example.net');
  await invite.getByRole('button', { name: t.Action!.INVITE_BY_EMAIL! }).click();
  await invite.getByText(t.city!.invited!.replace('{{email}}', 'rivers@example.net')).waitFor();
  const sent = page.getByRole('region', { name: t.city!.invitations! });
  await sent.getByText('rivers@example.net').waitFor();
  await expect.poll(() => mailedLink('rivers@example.net', '/invitation#token=')).toContain('/invitation#token=');

  await page.getByRole('button', { name: t.city!.ngoInto!.ACTIVE! }).click();
  await page.getByRole('button', { name: t.city!.ngoInto!.ACTIVE! }).click();
  await page.getByRole('button', { name: t.city!.ngoInto!.SUSPENDED! }).waitFor();
  await page.getByRole('button', { name: t.Action!.UPDATE_NGO! }).click();
  const english = page.getByLabel(t.city!.nameIn!.replace('{{language}}', t.languages!.en!));
  await expect.poll(() => english.inputValue()).toBe('');
  await english.fill('Youth for clean rivers');
  await page.getByRole('button', { name: t.city!.save! }).click();
  await english.waitFor({ state: 'detached' });
  await look(page, 'city-ngo', here);
  await sent.getByRole('button', { name: t.Action!.WITHDRAW_INVITATION! }).click();
  await sayYes(page, t);
  await sent.getByText(t.city!.noInvitations!).waitFor();
});

test('an officer gives and ends a role, and finds both in the audit', async () => {
  const here: Look = { width: 1280, theme: 'dark', language: 'kk' };
  const { page, t } = await desk(here, '/desk/city/people');
  const give = page.getByRole('region', { name: t.city!.giveRole! });
  await give.getByLabel(t.account!.email!).fill('nobody@example.net');
  await give.getByLabel(t.city!.role!).selectOption('CONSULTANT');
  await give.getByLabel(t.city!.how!).selectOption('give');
  await give.getByRole('button', { name: t.Action!.GIVE_ROLE! }).click();
  await give.getByText(t.city!.noAccount!).waitFor();
  await give.getByLabel(t.account!.email!).fill('adult-1@example.org');
  await give.getByRole('button', { name: t.Action!.GIVE_ROLE! }).click();
  await give.getByText('Тимур Ахметов').waitFor();

  const held = page.getByRole('region', { name: t.city!.held! });
  await held.getByLabel(t.city!.role!).selectOption('CONSULTANT');
  const row = held.getByRole('listitem').filter({ hasText: 'Тимур Ахметов' });
  await row.getByText(t.city!.waitsForFactor!).waitFor();
  await look(page, 'city-people', here);
  await row.getByRole('button', { name: t.Action!.END_ROLE! }).click();
  await row.getByLabel(t.city!.reason!).fill('Қателесіп берілді.');
  await row.getByRole('button', { name: t.Action!.END_ROLE! }).click();
  await row.waitFor({ state: 'detached' });

  await held.getByLabel(t.city!.role!).selectOption('CITY_OFFICER');
  await held.getByText(t.Code!.LAST_OFFICER!).first().waitFor();

  await page.getByRole('link', { name: t.city!.way!.audit!, exact: true }).click();
  const entries = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Тимур Ахметов' });
  await entries.filter({ hasText: t.Action!.GIVE_ROLE! }).first().waitFor();
  await entries.filter({ hasText: t.Action!.END_ROLE! }).first().waitFor();
  await look(page, 'city-audit', here);
  await page.getByLabel(t.audit!.action!).selectOption('endRole');
  await expect.poll(() => page.getByRole('main').getByRole('listitem').filter({ hasText: t.Action!.GIVE_ROLE! }).count()).toBe(0);
  await entries.first().waitFor();
});

test('an officer suspends somebody, and ends it', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'ru' };
  const { page, t } = await desk(here, '/desk/city/reports');
  const suspend = page.getByRole('region', { name: t.Action!.SUSPEND_PERSON! });
  await suspend.getByLabel(t.account!.email!).fill('adult-1@example.org');
  await suspend.getByLabel(t.moderation!.why!).fill('Ругался на смене при детях.');
  await suspend.getByRole('button', { name: t.Action!.SUSPEND_PERSON! }).click();
  await suspend.getByText(t.city!.suspended!.replace('{{email}}', 'adult-1@example.org')).waitFor();
  const decisions = page.getByRole('region', { name: t.city!.decisions! });
  const row = decisions.getByRole('listitem').filter({ hasText: 'Ругался на смене при детях.' });
  await row.getByText('Тимур Ахметов').waitFor();
  await look(page, 'city-reports', here);
  await row.getByRole('button', { name: t.Action!.END_SUSPENSION! }).click();
  await row.getByLabel(t.moderation!.why!).fill('Извинился перед всеми.');
  await row.getByRole('button', { name: t.Action!.END_SUSPENSION! }).click();
  await row.waitFor({ state: 'detached' });
  await decisions.getByLabel(t.ngos!.state!).selectOption('over');
  await row.getByText(t.DecisionState!.ENDED!).waitFor();
});

test('an officer fills in a year that has no calendar, is told about a day that needs no entry, and removes a day', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'ru' };
  const { page, t } = await desk(here, '/desk/city');
  await page.getByRole('link', { name: t.city!.way!.calendar!, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: t.calendar!.title! }).waitFor();
  const year = new Date().getUTCFullYear() + 2;
  await page.getByLabel(t.calendar!.year!, { exact: true }).selectOption(String(year));
  const days = page.getByRole('region', { name: t.calendar!.of!.replace('{{year}}', String(year)) });
  await days.getByText(t.calendar!.none!).waitFor();

  const fresh = page.getByRole('region', { name: t.Action!.SET_SPECIAL_DAY! });
  const saturday = [1, 2, 3, 4, 5, 6, 7].map((day) => `${year}-05-0${day}`).find((day) => new Date(day).getUTCDay() === 6)!;
  await fresh.getByLabel(t.calendar!.day!).fill(saturday);
  await fresh.getByLabel(t.city!.nameIn!.replace('{{language}}', t.languages!.ru!)).fill('Рабочая суббота за 8 мая');
  await fresh.getByRole('button', { name: t.Action!.SET_SPECIAL_DAY! }).click();
  await fresh.getByText(t.calendar!.invalid!).waitFor();
  await look(page, 'city-calendar-wrong-day', here);
  await fresh.getByLabel(t.calendar!.kind!).selectOption('works');
  await fresh.getByRole('button', { name: t.Action!.SET_SPECIAL_DAY! }).click();
  const row = days.getByRole('listitem').filter({ hasText: 'Рабочая суббота за 8 мая' });
  await row.getByText(t.calendar!.works!).waitFor();
  await expect.poll(() => fresh.getByLabel(t.calendar!.day!).inputValue()).toBe('');

  await row.getByRole('button', { name: t.calendar!.rename! }).click();
  await row.getByLabel(t.city!.nameIn!.replace('{{language}}', t.languages!.ru!)).fill('Перенос с 8 мая');
  await row.getByRole('button', { name: t.calendar!.rename! }).click();
  const renamed = days.getByRole('listitem').filter({ hasText: 'Перенос с 8 мая' });
  await renamed.waitFor();
  await look(page, 'city-calendar-year', here);
  await renamed.getByRole('button', { name: t.Action!.REMOVE_SPECIAL_DAY! }).click();
  await sayYes(page, t);
  await days.getByText(t.calendar!.none!).waitFor();
});

test('a coordinator is told whose desk it is', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'en' };
  const t = words(here.language);
  const page = await open(here, 'coordinator-1@example.org');
  await page.goto('/desk/city/centres');
  await page.getByText(t.city!.notYours!).waitFor();
  await page.goto('/desk/city/audit');
  await page.getByText(t.Code!.NOT_OFFICER!).waitFor();
  await look(page, 'city-not-yours', here);
});
