import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Look, look, open, sayYes, signIn, words } from './browser';
import { confirms } from './newcomer';
import { picture } from './picture';

type T = ReturnType<typeof words>;

const filled = (text: string, values: Record<string, string | number>) => text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));

/** The city's day and time some minutes from now, in the form of the fields. */
function inCity(minutes: number): [day: string, time: string] {
  const [day = '', time = ''] = new Date(Date.now() + (300 + minutes) * 60_000).toISOString().split('T');
  return [day, time.slice(0, 5)];
}

/** A start soon enough that people can be checked in already, and an end on the same day. */
function soon(): { day: string; from: string; to: string } {
  const [day, from] = [20, 45].map(inCity).find(([, time]) => time < '23:30')!;
  return { day, from, to: from < '22:00' ? '23:30' : '23:59' };
}

async function leadsDesk(here: Look): Promise<[Page, T]> {
  const t = words(here.language);
  const page = await open(here);
  await page.goto('/sign-in?next=%2Fdesk');
  await signIn(page, 'lead-1@example.org', t);
  await page.getByRole('heading', { name: t.lead!.todo!.title! }).waitFor();
  return [page, t];
}

/** Somebody new, who asks to join the team and signs up for the first shift of the task. */
async function volunteer(number: number, team: string, task: string): Promise<Page> {
  const t = words('en');
  const page = await open({ width: 360, theme: 'light', language: 'en' });
  await page.goto(`/register?next=${encodeURIComponent(`/teams/${team}`)}`);
  await page.getByLabel(t.account!.givenName!).fill(['Айдана', 'Ерасыл', 'Камила'][number]!);
  await page.getByLabel(t.account!.familyName!).fill('Оспан');
  await page.getByLabel(t.account!.birthDate!).fill('2002-03-04');
  await page.getByLabel(t.account!.email!).fill(`helper-${number}@example.net`);
  await page.getByLabel(t.account!.password!).first().fill('таудағы таза ауа');
  await page.getByRole('button', { name: t.account!.create! }).click();
  await confirms(page, t, `helper-${number}@example.net`);
  await page.getByRole('button', { name: t.Action!.REQUEST_MEMBERSHIP! }).click();
  await page.getByRole('button', { name: t.Action!.WITHDRAW_MEMBERSHIP! }).waitFor();
  await page.goto(`/tasks/${task}`);
  await page.getByRole('button', { name: t.Action!.SIGN_UP!, exact: true }).first().click();
  await page.getByText(t.SignupState!.CONFIRMED!).first().waitFor();
  return page;
}

test('a lead posts a task, checks people in, answers requests to join, and claims it done', { timeout: 240_000 }, async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const [page, t] = await leadsDesk(here);
  const team = page.url().match(/teams\/([\w-]+)/)![1]!;
  await look(page, 'lead-desk', here);
  await page.getByRole('link', { name: t.lead!.post!.title! }).click();
  await page.getByRole('heading', { level: 1, name: t.lead!.post!.title! }).waitFor();

  // Errors are shown beside their fields, and what was typed stays.
  const publish = page.getByRole('button', { name: t.lead!.post!.publish!, exact: true });
  const title = page.getByLabel(t.lead!.task!.title!);
  await page.getByLabel(t.lead!.task!.description!).fill('Қолғап пен су алып келіңіз, қалғаны бізден.');
  await publish.click();
  await page.getByText(t.lead!.invalid!.title!).waitFor();
  await expect.poll(() => title.evaluate((field) => field === document.activeElement)).toBe(true);
  await title.fill('Скверде көшет отырғызу');
  const first = page.getByRole('group', { name: filled(t.lead!.post!.shift!, { number: 1 }) });
  const [day, from, to] = [t.lead!.shift!.date!, t.lead!.shift!.from!, t.lead!.shift!.to!].map((label) => first.getByLabel(label));
  await to!.fill('10:00'); // the same as the start: earlier would mean the next day
  await publish.click();
  await page.getByText(t.lead!.invalid!.endsAt!).waitFor();
  const start = soon();
  await day!.fill('2024-05-01');
  await from!.fill(start.from);
  await to!.fill(start.to);
  await publish.click();
  await first.getByText(t.lead!.invalid!.startsAt!).waitFor();
  await look(page, 'lead-post-wrong', here);
  await expect.poll(() => title.inputValue()).toBe('Скверде көшет отырғызу');
  await expect.poll(() => to!.inputValue()).toBe(start.to);
  await page.reload();
  await expect.poll(() => title.inputValue()).toBe('Скверде көшет отырғызу');

  await day!.fill(start.day);
  await first.getByLabel(t.lead!.shift!.place!).fill('Сквердің қақпасы');
  await page.getByRole('button', { name: t.lead!.post!.oneMore! }).click();
  const second = page.getByRole('group', { name: filled(t.lead!.post!.shift!, { number: 2 }) });
  await expect.poll(() => second.getByLabel(t.lead!.shift!.date!).inputValue()).toBe(new Date(Date.parse(start.day) + 86_400_000).toISOString().slice(0, 10));
  await expect.poll(() => second.getByLabel(t.lead!.shift!.place!).inputValue()).toBe('Сквердің қақпасы');
  await look(page, 'lead-post', here);
  await publish.click();
  await page.getByRole('heading', { level: 1, name: 'Скверде көшет отырғызу' }).waitFor();
  await page.getByText(t.TaskState!.OPEN!).first().waitFor();
  const task = page.url().match(/tasks\/([\w-]+)/)![1]!;

  const helpers = [];
  for (const number of [0, 1, 2]) helpers.push(await volunteer(number, team, task));

  // Fewer seats than are taken are refused, and a title that is too short.
  await page.reload();
  const shifts = page.getByRole('region', { name: t.task!.shifts! });
  await shifts.getByRole('button', { name: t.Action!.UPDATE_SHIFT! }).first().click();
  const seats = shifts.getByLabel(t.lead!.shift!.capacity!);
  await seats.fill('2');
  await shifts.getByRole('button', { name: t.lead!.save! }).click();
  await shifts.getByText(t.Code!.CAPACITY_TAKEN!).waitFor();
  await expect.poll(() => seats.inputValue()).toBe('2');
  await look(page, 'lead-task-capacity', here);
  await seats.fill('4');
  await shifts.getByRole('button', { name: t.lead!.save! }).click();
  await seats.waitFor({ state: 'detached' });

  // One person has just cancelled when all are checked in.
  await page.getByRole('link', { name: filled(t.lead!.shift!.people_one!, { count: 3 }) }).click();
  await page.getByText('Айдана Оспан').waitFor();
  const en = words('en');
  await helpers[2]!.getByRole('button', { name: en.Action!.CANCEL_SIGNUP! }).click();
  await sayYes(helpers[2]!, en);
  await helpers[2]!.getByText(en.SignupState!.CANCELLED!).or(helpers[2]!.getByRole('button', { name: en.Action!.SIGN_UP!, exact: true })).first().waitFor();
  await page.getByRole('button', { name: filled(t.lead!.people!.chooseAll!, { count: 3 }) }).click();
  await look(page, 'lead-shift-chosen', here);
  const bar = page.getByRole('region', { name: t.lead!.bar!.title! });
  await bar.getByRole('button', { name: t.Action!.CHECK_IN! }).click();
  await page.getByText([filled(t.lead!.bar!.done_other!, { count: 2 }), filled(t.lead!.bar!.refused_one!, { count: 1 })].join(', ')).waitFor();
  await page.getByText(t.Code!.WRONG_STATE!).first().waitFor();
  await look(page, 'lead-shift-done', here);

  // The requests to join are answered together: the three, and those of the demo city.
  await page.goto(`/desk/teams/${team}/people`);
  const requests = page.getByRole('region', { name: t.lead!.requests!.title! });
  await requests.getByText('Айдана Оспан').waitFor();
  await look(page, 'lead-people', here);
  for (const name of ['Айдана', 'Ерасыл', 'Камила']) await requests.getByRole('checkbox', { name }).check();
  await requests.getByRole('button', { name: t.lead!.requests!.accept!, exact: true }).click();
  await requests.getByText(filled(t.lead!.bar!.done_other!, { count: 3 })).waitFor();
  await page.getByRole('region', { name: t.lead!.members!.title! }).getByText('Камила Оспан').waitFor();
  await page.getByLabel(t.account!.email!).fill('newcomer@example.net');
  await page.getByRole('button', { name: t.Action!.INVITE_BY_EMAIL! }).click();
  await page.getByText(filled(t.lead!.invite!.mailed!, { email: 'newcomer@example.net' })).waitFor();
  await page.getByRole('listitem').filter({ hasText: 'newcomer@example.net' }).getByRole('button', { name: t.Action!.WITHDRAW_INVITATION! }).click();
  await sayYes(page, t);
  await page.getByRole('listitem').filter({ hasText: 'newcomer@example.net' }).waitFor({ state: 'detached' });

  // The work begins, an update is posted, and it is done.
  await page.goto(`/desk/tasks/${task}`);
  await page.getByRole('button', { name: t.Action!.START_TASK! }).click();
  await page.getByText(t.TaskState!.IN_PROGRESS!).first().waitFor();
  await page.getByRole('button', { name: t.Action!.POST_PROGRESS! }).click();
  await page.getByLabel(t.lead!.progress!.text!).fill('Он екі көшет отырғыздық.');
  await page.getByLabel(t.lead!.progress!.percent!).fill('80');
  await page.getByText(t.lead!.progress!.results!).click();
  await page.getByLabel(t.Metric!.TREES!, { exact: false }).fill('12');
  await page.getByLabel(t.photos!.gallery!).setInputFiles(await picture(page, 1200, 900));
  await page.getByAltText(filled(t.photos!.nth!, { nth: 1 }), { exact: true }).waitFor();
  await page.getByLabel(t.photos!.no!, { exact: true }).check();
  await look(page, 'lead-progress', here);
  await page.getByRole('button', { name: t.lead!.progress!.post!, exact: true }).click();
  await page.getByText('Он екі көшет отырғыздық.').waitFor();
  await page.getByText(filled(t.progress!.done!, { percent: 80 })).first().waitFor();
  await look(page, 'lead-task', here);
  await page.getByRole('button', { name: t.Action!.CLAIM_DONE! }).click();
  await page.getByLabel(t.lead!.claim!.words!).fill('Көшеттер отырғызылды, сквер таза.');
  await page.getByLabel(t.Metric!.TREES!, { exact: false }).fill('12');
  await page.getByLabel(t.lead!.claim!.noPhoto!).fill('Телефонның қуаты бітті.');
  await look(page, 'lead-claim', here);
  await page.getByLabel(t.photos!.gallery!).setInputFiles(await picture(page, 900, 1200));
  await page.getByLabel(t.lead!.claim!.noPhoto!).waitFor({ state: 'detached' });
  await page.getByAltText(filled(t.photos!.nth!, { nth: 1 }), { exact: true }).waitFor();
  await page.getByLabel(t.photos!.no!, { exact: true }).check();
  await page.getByLabel(t.lead!.claim!.cancelShifts!).check();
  await page.getByRole('button', { name: t.lead!.claim!.send! }).click();
  await page.getByText(t.TaskState!.CLAIMED_DONE!).first().waitFor();
});

test('a lead marks an absence, and corrects it', async () => {
  const here: Look = { width: 1280, theme: 'dark', language: 'ru' };
  const [page, t] = await leadsDesk(here);
  const team = page.url();
  await look(page, 'lead-desk', here);
  const todo = page.getByRole('region', { name: t.lead!.todo!.title! });
  await todo.getByRole('link', { name: filled(t.lead!.todo!.present!, { title: '' }) }).first().click();

  // The attendance of one person is corrected to expected, then to absent, and in the end to what it was: here, or, where the shift
  // is over, completed.
  const bar = page.getByRole('region', { name: t.lead!.bar!.title! });
  const group = (name: string) => page.getByRole('group', { name: t.lead!.people!.groups! }).getByRole('button', { name: t.lead!.group![name]! });
  await group('completed').or(group('there')).first().waitFor();
  const over = await group('completed').isVisible();
  await group(over ? 'completed' : 'there').click();
  const row = page.getByRole('listitem').filter({ has: page.getByRole('checkbox') }).first();
  const name = (await row.getByRole('checkbox').evaluate((box) => (box as HTMLInputElement).labels![0]!.querySelector('span')!.textContent))!;
  const person = page.getByRole('listitem').filter({ hasText: name });
  const correct = async (state: string) => {
    await person.getByRole('checkbox').check();
    await bar.getByRole('button', { name: t.Action!.CORRECT_ATTENDANCE! }).click();
    await bar.getByLabel(t.lead!.people!.should!).selectOption(state);
    await bar.getByLabel(t.lead!.reason!).fill('Отметили не того человека');
    if (state === 'CONFIRMED') await look(page, 'lead-shift-correct', here);
    await bar.getByRole('button', { name: t.Action!.CORRECT_ATTENDANCE! }).click();
    await person.getByText(t.lead!.state![state]!).waitFor();
  };
  await correct('CONFIRMED');
  await person.getByRole('checkbox').check();
  await bar.getByRole('button', { name: t.Action!.MARK_NO_SHOW! }).click();
  await person.getByText(t.lead!.state!.NO_SHOW!).waitFor();
  await correct(over ? 'COMPLETED' : 'CHECKED_IN');
  await page.getByText(filled(t.lead!.bar!.done_one!, { count: 1 })).waitFor();
  await look(page, 'lead-shift', here);

  // A proposal becomes a task of the team.
  await page.goto(team);
  await page.getByRole('link', { name: t.lead!.team!.proposals! }).click();
  await page.getByRole('heading', { level: 1, name: t.lead!.team!.proposals! }).waitFor();
  await look(page, 'lead-proposals', here);
  await page.getByRole('button', { name: t.Action!.ADOPT_PROPOSAL! }).first().click();
  await page.getByText(t.TaskState!.DRAFT!).first().waitFor();
  await expect.poll(() => page.getByRole('button', { name: t.Action!.OPEN_TASK! }).getAttribute('aria-disabled')).toBe('true');
  await page.getByText(t.Code!.NO_FUTURE_SHIFT!).waitFor();
  await page.getByRole('button', { name: t.Action!.ADD_SHIFT! }).click();
  await page.getByRole('button', { name: t.Action!.ADD_SHIFT! }).click();
  await page.getByRole('button', { name: t.Action!.OPEN_TASK! }).click();
  await page.getByText(t.TaskState!.OPEN!).first().waitFor();
});

test('somebody else is told whose desk it is', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'ru' };
  const [lead] = await leadsDesk(here);
  const desk = new URL(lead.url()).pathname;
  const t = words(here.language);
  const page = await open(here);
  await page.goto(desk);
  await signIn(page, 'adult-1@example.org', t);
  await page.getByText(t.lead!.notYours!).waitFor();
  await look(page, 'lead-others', here);
});

test('two leads who change the same task are told about each other', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'ru' };
  const [page, t] = await leadsDesk(here);
  await page.getByRole('region', { name: t.lead!.tasks!.OPEN! }).getByRole('link').first().click();
  const other = await page.context().newPage();
  await other.goto(page.url());
  for (const one of [page, other]) await one.getByRole('button', { name: t.Action!.UPDATE_TASK! }).click();
  await other.getByLabel(t.lead!.task!.place!).fill('У фонтана');
  await other.getByLabel(t.lead!.task!.description!).fill('Возьмите перчатки: мешки мы дадим.');
  await other.getByRole('button', { name: t.lead!.save! }).click();
  await other.getByLabel(t.lead!.task!.place!).waitFor({ state: 'detached' });
  await page.getByLabel(t.lead!.task!.description!).fill('Возьмите воду и перчатки.');
  const save = page.getByRole('button', { name: t.lead!.save! });
  await save.click();
  await page.getByText(t.lead!.clash!).waitFor();
  await page.getByText(`${t.lead!.task!.description!}: Возьмите перчатки: мешки мы дадим.`).waitFor();
  await expect.poll(() => page.getByLabel(t.lead!.task!.description!).inputValue()).toBe('Возьмите воду и перчатки.');
  await expect.poll(() => page.getByLabel(t.lead!.task!.place!).inputValue()).toBe('У фонтана');
  await look(page, 'lead-clash', here);
  await save.click();
  await page.getByLabel(t.lead!.task!.place!).waitFor({ state: 'detached' });
});
