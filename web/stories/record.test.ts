import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { focused, type Look, look, open, words } from './browser';
import { pass } from './clock';
import { newcomer, newest } from './newcomer';

type T = ReturnType<typeof words>;

const filled = (text: string, values: Record<string, string | number>) => text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));

/** The city's day and time some minutes from now, in the form of the fields. */
function inCity(minutes: number): [day: string, time: string] {
  const [day = '', time = ''] = new Date(Date.now() + (300 + minutes) * 60_000).toISOString().split('T');
  return [day, time.slice(0, 5)];
}

/** A task with a shift of two hours that begins soon enough for people to check in; the paths of both. */
async function soon(page: Page, t: T, title: string): Promise<{ task: string; shift: string }> {
  const [[day, from], [, to]] = [inCity(20), inCity(140)];
  await page.goto('/desk');
  await page.getByRole('link', { name: t.lead!.post!.title! }).click();
  await page.getByLabel(t.lead!.task!.title!).fill(title);
  await page.getByLabel(t.lead!.task!.description!).fill('Қолғап пен су алып келіңіз, қалғаны бізден.');
  const first = page.getByRole('group', { name: filled(t.lead!.post!.shift!, { number: 1 }) });
  await first.getByLabel(t.lead!.shift!.date!).fill(day);
  await first.getByLabel(t.lead!.shift!.from!).fill(from);
  await first.getByLabel(t.lead!.shift!.to!).fill(to);
  await page.getByRole('button', { name: t.lead!.post!.publish!, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  const task = page.url().match(/tasks\/([\w-]+)/)![1]!;
  const shift = await page.locator('a[href^="/desk/shifts/"]').first().getAttribute('href');
  return { task, shift: shift!.split('/').pop()! };
}

/** Signs up for the only shift of a task. */
async function signUp(page: Page, t: T, task: string): Promise<void> {
  await page.goto(`/tasks/${task}`);
  await page.getByRole('button', { name: t.Action!.SIGN_UP!, exact: true }).first().click();
  await page.getByText(t.SignupState!.CONFIRMED!).first().waitFor();
}

const codeOn = async (screen: Page) => (await screen.locator('section p[translate=no]').innerText()).replace(/\s/g, '');

test('people check in with the code on the screen of the lead', { timeout: 180_000 }, async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'ru' };
  const there: Look = { width: 360, theme: 'light', language: 'kk' };
  const [ru, kk] = [words(here.language), words(there.language)];
  const lead = await open(here, 'lead-1@example.org');
  const { task, shift } = await soon(lead, ru, 'Уборка у ручья');
  const [one, two] = [await newcomer(there), await newcomer({ width: 1280, theme: 'dark', language: 'kk' })];
  for (const page of [one, two]) await signUp(page, kk, task);

  await lead.goto(`/desk/shifts/${shift}`);
  await lead.getByRole('link', { name: ru.record!.screen!.open! }).click();
  await lead.getByRole('img', { name: ru.record!.screen!.qr! }).waitFor();
  await lead.getByText(ru.record!.screen!.nobody!).waitFor();
  const asked: string[] = [];
  lead.on('request', (request) => asked.push(request.postData() ?? ''));
  await look(lead, 'lead-code', here);

  // On the task's page the code is typed: a wrong one first.
  const code = one.getByLabel(kk.record!.checkIn!.code!);
  await code.fill('ZZZZZZ');
  await one.getByRole('button', { name: kk.record!.checkIn!.send! }).click();
  await one.getByText(kk.record!.checkIn!.wrong!).waitFor();
  await look(one, 'task-check-in-wrong', there);
  const typed = (await codeOn(lead)).toLowerCase();
  await code.fill(`${typed.slice(0, 3)} ${typed.slice(3)}`);
  await one.getByRole('button', { name: kk.record!.checkIn!.send! }).click();
  await one.getByText(kk.SignupState!.CHECKED_IN!).first().waitFor();
  await expect.poll(async () => (await focused(one)).toLowerCase()).toContain(kk.SignupState!.CHECKED_IN!);
  await lead.getByText(filled(ru.record!.screen!.of!, { count: 1, all: 2 })).waitFor();

  // The QR code's link leads to a page with the code, after signing in.
  await two.context().clearCookies();
  await two.goto(`/check-in/${shift}#${await codeOn(lead)}`);
  await two.waitForURL('**/sign-in**');
  await two.getByLabel(kk.account!.email!).fill(newest);
  await two.getByLabel(kk.account!.password!, { exact: false }).first().fill('таудағы таза ауа');
  await two.getByRole('button', { name: kk.account!.enter!, exact: true }).click();
  await two.getByRole('heading', { level: 1, name: kk.record!.checkIn!.title! }).waitFor();
  await expect.poll(() => two.getByLabel(kk.record!.checkIn!.code!).inputValue()).toMatch(/^[2-9A-Z]{6}$/);
  await look(two, 'check-in', { width: 1280, theme: 'dark', language: 'kk' });
  await two.getByRole('button', { name: kk.record!.checkIn!.send! }).click();
  await two.getByText(kk.record!.checkIn!.toMe!).waitFor();
  await expect.poll(() => focused(two)).toContain(kk.record!.checkIn!.done!.split('{{')[0]!);
  await look(two, 'check-in-done', { width: 1280, theme: 'dark', language: 'kk' });
  await lead.getByText(filled(ru.record!.screen!.of!, { count: 2, all: 2 })).waitFor();
  await look(lead, 'lead-code-here', here);
  expect(asked.filter((body) => body.includes('CheckInCode')).length).toBeLessThan(8);

  // Somebody who is not on the shift is told so.
  const other = await open(there, 'adult-1@example.org');
  await other.goto(`/check-in/${shift}#ABCDEF`);
  await other.getByText(kk.Code!.NOT_SIGNED_UP!).waitFor();
  await look(other, 'check-in-others', there);

  // They leave after it is over, and their hours wait for the lead, who sets other minutes than attendance has.
  await pass(3, shift);
  await lead.goto(`/desk/shifts/${shift}`);
  await lead.getByRole('button', { name: filled(ru.lead!.people!.chooseAll!, { count: 2 }) }).click();
  await lead.getByRole('region', { name: ru.lead!.bar!.title! }).getByRole('button', { name: ru.Action!.CHECK_OUT! }).click();
  await lead.getByText(filled(ru.lead!.bar!.done_few!, { count: 2 })).waitFor();
  await lead.getByRole('link', { name: ru.record!.answer!.title! }).click();
  const bar = lead.getByRole('region', { name: ru.lead!.bar!.title! });
  const waiting = lead.getByRole('region', { name: ru.record!.answer!.waiting! });
  const over = lead.getByRole('region', { name: ru.record!.answer!.over! });
  await waiting.getByRole('checkbox').nth(1).waitFor();
  await waiting.getByRole('checkbox').first().check();
  await bar.getByRole('button', { name: ru.Action!.APPROVE_HOURS! }).click();
  await over.getByText(ru.HoursState!.APPROVED!).waitFor();
  await waiting.getByRole('checkbox').first().check();
  await over.getByRole('checkbox').first().check();
  await bar.getByRole('button', { name: ru.Action!.ADJUST_HOURS! }).click();
  await bar.getByLabel(ru.record!.answer!.minutes!).fill('90');
  await bar.getByLabel(ru.lead!.reason!).fill('Начали раньше, чем было объявлено');
  await look(lead, 'hours-adjusting', here);
  await bar.getByRole('button', { name: ru.Action!.ADJUST_HOURS! }).click();
  await lead.getByText(filled(ru.lead!.bar!.done_few!, { count: 2 })).waitFor();
  await expect.poll(() => over.getByText(ru.HoursState!.ADJUSTED!).count()).toBe(2);
  await waiting.getByText(ru.record!.answer!.none!).waitFor();
  await look(lead, 'hours-shift', here);

  // The person who worked sees what counts and why, and gets a certificate.
  await two.goto('/me/record');
  await two.getByText('Начали раньше, чем было объявлено', { exact: false }).waitFor();
  await look(two, 'record', { width: 1280, theme: 'dark', language: 'kk' });
  await two.getByRole('button', { name: kk.Action!.ISSUE_CERTIFICATE! }).click();
  const card = two.getByRole('listitem').filter({ has: two.getByRole('link', { name: kk.record!.certificate!.page! }) });
  const number = await card.getByRole('heading').innerText();
  expect(number).toMatch(/^JH-\d{4}(-[2-9A-Z]{4}){3}$/);
  const path = (await card.getByRole('link', { name: kk.record!.certificate!.download! }).getAttribute('href'))!;
  const pdf = await two.request.get(path);
  expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf']);
  await look(two, 'record-issued', { width: 1280, theme: 'dark', language: 'kk' });

  // Anyone with the number can read what it states; no other session can open the PDF.
  const visitor = await open(there);
  expect((await visitor.request.get(path)).status()).toBe(401);
  await visitor.goto('/certificates');
  await visitor.getByLabel(kk.record!.check!.number!).fill(` ${number.toLowerCase().replaceAll('-', ' ')} `);
  await visitor.getByRole('button', { name: kk.record!.check!.send! }).click();
  await visitor.getByText(kk.record!.check!.good!).waitFor();
  await look(visitor, 'certificate', there);
  await visitor.goto(`/certificates/${number.slice(0, -1)}${number.endsWith('2') ? '3' : '2'}`);
  await visitor.getByText(kk.record!.check!.mistyped!).waitFor();
  await look(visitor, 'certificate-mistyped', there);

  // If the hours change, the certificate is no longer valid.
  await over.getByRole('checkbox').first().check();
  await over.getByRole('checkbox').nth(1).check();
  await bar.getByRole('button', { name: ru.Action!.REJECT_HOURS! }).click();
  await bar.getByLabel(ru.lead!.reason!).fill('Отметили по ошибке');
  await bar.getByRole('button', { name: ru.Action!.REJECT_HOURS! }).click();
  await expect.poll(() => over.getByText(ru.HoursState!.REJECTED!).count()).toBe(2);
  await visitor.goto(`/certificates/${number}`);
  await visitor.getByText(kk.record!.check!.revoked!).waitFor();
  await look(visitor, 'certificate-revoked', there);
});

test('hours that wait are on the desks of the team and the centre', async () => {
  const here: Look = { width: 1280, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const lead = await open(here, 'lead-1@example.org');
  await lead.goto('/desk');
  await lead.getByRole('link', { name: t.record!.answer!.title! }).click();
  await lead.getByRole('heading', { level: 1, name: t.record!.answer!.title! }).waitFor();
  await look(lead, 'hours-team', here);
  const there: Look = { width: 360, theme: 'light', language: 'ru' };
  const ru = words(there.language);
  const coordinator = await open(there, 'coordinator-1@example.org');
  await coordinator.goto('/desk');
  await coordinator.getByRole('heading', { level: 2, name: ru.record!.answer!.title! }).getByRole('link').click();
  await coordinator.getByRole('heading', { level: 1, name: ru.record!.answer!.title! }).waitFor();
  await look(coordinator, 'hours-centre', there);
});

test('an officer and the lead of an NGO download the register', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'kk' };
  const t = words(here.language);
  for (const [email, way] of [['officer-1@example.org', '/desk/city'], ['ngo-lead-1@example.org', '/desk']] as const) {
    const page = await open(here, email);
    await page.goto(way);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const register = page.getByText(t.record!.register!.title!);
    const desk = page.getByRole('main').getByRole('listitem').getByRole('link').first();
    await register.or(desk).first().waitFor();
    if (!(await register.isVisible())) await desk.click();
    await register.click();
    await page.getByLabel(t.record!.period!.from!).fill('2026-01-01');
    const file = await page.request.get((await page.getByRole('link', { name: t.record!.register!.get! }).getAttribute('href'))!);
    expect([file.status(), file.headers()['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    await look(page, `register-${email.split('-')[0]}`, here);
  }
});
