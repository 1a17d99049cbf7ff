import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Look, look, open, sayYes, words } from './browser';
import { newcomer } from './newcomer';

const phone: Look = { width: 360, theme: 'light', language: 'kk' };
const desk: Look = { width: 1280, theme: 'light', language: 'ru' };
const night: Look = { width: 360, theme: 'dark', language: 'ru' };
const wide: Look = { width: 1280, theme: 'dark', language: 'en' };

const filled = (text: string, values: Record<string, string | number>) => text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));

/** The desk of a centre's coordinator. */
async function deskOf(here: Look, centre: string): Promise<Page> {
  for (let number = 1; ; number++) {
    const page = await open(here, `coordinator-${number}@example.org`);
    await page.goto('/desk');
    await page.waitForURL('**/desk/centres/*');
    if (page.url().endsWith(centre)) return page;
  }
}

/** Fills in the part of a proposal's form that is compared with others. */
async function write(page: Page, here: Look, { title, text, district }: { title: string; text: string; district: string | { label: string } }): Promise<void> {
  const t = words(here.language);
  await page.goto('/propose');
  await page.getByLabel(t.propose!.district!).selectOption(district);
  await page.getByLabel(t.propose!.name!).pressSequentially(title, { delay: 20 });
  await page.getByLabel(t.propose!.text!).fill(text);
}

/** Submits the form, and returns the proposal's address and that of the centre that has to answer. */
async function handIn(page: Page, here: Look): Promise<{ path: string; centre: string }> {
  const t = words(here.language);
  await page.getByRole('button', { name: t.propose!.submit! }).click();
  await page.getByRole('heading', { name: t.proposal!.trail! }).waitFor();
  const centre = await page.locator('a[href^="/centres/"]').last().getAttribute('href');
  return { path: new URL(page.url()).pathname, centre: centre! };
}

/** The name of a centre's district, which is also an option of the form. */
async function districtOf(page: Page, here: Look, centre: string): Promise<{ label: string }> {
  await page.goto(centre);
  const fact = page.locator('dl > div').filter({ has: page.getByText(words(here.language).centre!.district!, { exact: true }) });
  return { label: await fact.getByRole('definition').innerText() };
}

/** Opens an item on a centre's desk by its title. */
async function openOf(page: Page, part: string, title: string) {
  await page.goto(page.url().replace(/(\/desk\/centres\/[^/?]+).*/, `$1/${part}`));
  await page.getByRole('navigation').getByRole('link', { name: title }).click();
  return page.getByRole('article').filter({ hasText: title });
}

test('somebody supports an existing proposal; it is merged into another one, and the support moves', { timeout: 240_000 }, async () => {
  const [kk, ru, en] = [words('kk'), words('ru'), words('en')];
  const author = await open(phone, 'resident-1@example.org');
  await author.goto('/propose');
  const district = await author.getByLabel(kk.propose!.district!).inputValue();
  const titles = ['Ойын алаңындағы сынған әткеншекті жөндеу', 'Ойын алаңындағы әткеншекті жөндеу керек', 'Ойын алаңындағы сынған әткеншек'];
  const text = 'Ауладағы ойын алаңының әткеншегі сынған, балалар құлап қалуы мүмкін.';
  await write(author, phone, { title: titles[0]!, text, district });
  const first = await handIn(author, phone);
  await author.getByText(kk.trail!.did!.SUBMIT_PROPOSAL!).waitFor();
  await author.getByText(filled(kk.trail!.next!, { step: kk.NextStep!.CENTRE_REACTS! })).waitFor();
  await look(author, 'proposal-trail-new', phone);

  // Similar proposals are shown after a pause in typing: not at each letter, and nobody has to look at them.
  const other = await newcomer(wide);
  let asked = 0;
  other.on('request', (request) => {
    if (request.postData()?.includes('"SimilarProposals"')) asked++;
  });
  await other.goto('/propose');
  await other.getByLabel(en.propose!.district!).selectOption(district);
  await other.getByLabel(en.propose!.name!).pressSequentially('Сынған әткеншекті жөндеу, ойын алаңы', { delay: 20 });
  await other.getByLabel(en.propose!.text!).pressSequentially('Ойын алаңының әткеншегі сынған.', { delay: 20 });
  const similar = other.getByRole('status').filter({ hasText: en.similar!.title! });
  await similar.getByRole('link', { name: titles[0]! }).waitFor();
  expect(asked).toBeLessThanOrEqual(2);
  await look(other, 'propose-similar', wide);
  await similar.getByRole('listitem').filter({ hasText: titles[0]! }).getByRole('button', { name: en.similar!.support! }).click();
  await other.getByRole('button', { name: en.Action!.WITHDRAW_SUPPORT! }).waitFor();
  expect(new URL(other.url()).pathname).toBe(first.path);

  // The author submits two more nevertheless.
  await write(author, phone, { title: titles[1]!, text, district });
  await author.getByRole('status').filter({ hasText: kk.similar!.title! }).getByRole('link', { name: titles[0]! }).waitFor();
  await look(author, 'propose-similar', phone);
  const second = await handIn(author, phone);
  await write(author, phone, { title: titles[2]!, text, district });
  await handIn(author, phone);

  const page = await deskOf(desk, first.centre);
  await look(page, 'desk-centre-due', desk);
  const proposal = await openOf(page, 'proposals', titles[0]!);
  await proposal.getByRole('button', { name: ru.Action!.REVIEW_PROPOSAL! }).click();
  await proposal.getByRole('button', { name: ru.Action!.MERGE_PROPOSAL! }).click();
  const into = proposal.getByRole('group', { name: ru.mergeInto!.similar! });
  await into.getByRole('radio', { name: titles[1]! }).waitFor();
  await proposal.getByLabel(ru.mergeInto!.find!).fill('керек');
  await proposal.getByRole('group', { name: ru.mergeInto!.found! }).getByRole('radio', { name: titles[1]! }).waitFor();
  await proposal.getByLabel(ru.mergeInto!.find!).fill('');
  await into.getByRole('radio', { name: titles[2]! }).check();
  await proposal.getByLabel(ru.moderation!.why!).fill('Речь об одних и тех же качелях.');
  await look(page, 'desk-proposal-merging', desk);
  await author.getByRole('button', { name: kk.Action!.WITHDRAW_PROPOSAL! }).click();
  await sayYes(author, kk);
  await author.getByText(kk.trail!.did!.WITHDRAW_PROPOSAL!).waitFor();
  await proposal.getByRole('button', { name: ru.Action!.MERGE_PROPOSAL! }).click();
  await proposal.getByText(ru.Code!.NOT_FOUND!).waitFor(); // its withdrawal has removed it for everybody
  await into.getByRole('radio', { name: titles[1]! }).check();
  await proposal.getByRole('button', { name: ru.Action!.MERGE_PROPOSAL! }).click();
  await page.getByRole('navigation', { name: ru.centreDesk!.proposals! }).getByRole('link', { name: titles[0]!, exact: false }).waitFor({ state: 'detached' });

  // Its supporters are asked, once.
  await other.goto('/me');
  await other.getByRole('region', { name: en.merged!.title! }).getByText(titles[0]!).waitFor();
  await look(other, 'me-merged', wide);
  await other.goto(first.path);
  await other.getByText(en.trail!.did!.MERGE_PROPOSAL!).waitFor();
  await other.getByText('Речь об одних и тех же качелях.').waitFor();
  await look(other, 'proposal-merged', wide);
  await other.getByRole('button', { name: en.merged!.yes! }).click();
  await other.getByText(en.merged!.moved!).waitFor();
  await other.reload();
  await other.getByText(en.merged!.into!).waitFor();
  await expect.poll(() => other.getByRole('button', { name: en.merged!.yes! }).count()).toBe(0);
  await other.getByRole('link', { name: titles[1]! }).first().click();
  await other.getByRole('button', { name: en.Action!.WITHDRAW_SUPPORT! }).waitFor();
  expect(new URL(other.url()).pathname).toBe(second.path);
  await other.getByText(en.merged!.here!).waitFor();
});

test('a lead claims a task without a photo, a coordinator confirms it, and the proposer disputes the result', { timeout: 240_000 }, async () => {
  const [kk, ru, en] = [words('kk'), words('ru'), words('en')];
  const lead = await open(phone, 'lead-1@example.org');
  await lead.goto('/desk');
  await lead.getByRole('heading', { name: kk.lead!.todo!.title! }).waitFor();
  const team = lead.url().match(/teams\/([\w-]+)/)![1]!;
  await lead.goto(`/teams/${team}`);
  const host = (await lead.locator('main a[href^="/centres/"]').first().getAttribute('href'))!;
  const author = await open(night, 'resident-1@example.org');
  const district = await districtOf(author, night, host);
  const title = 'Посадить деревья вдоль арыка на улице Жандосова';
  await write(author, night, { title, text: 'Вдоль арыка пусто, летом нет тени, а место для деревьев есть.', district });
  const { path, centre } = await handIn(author, night);

  const answering = await deskOf(desk, centre);
  const proposal = await openOf(answering, 'proposals', title);
  await proposal.getByRole('button', { name: ru.Action!.REVIEW_PROPOSAL! }).click();
  await proposal.getByRole('button', { name: ru.Action!.ACCEPT_PROPOSAL!, exact: true }).click();
  await proposal.getByLabel(ru.centreAnswer!.accepting!).fill('Ищем команду.');
  await proposal.getByRole('button', { name: ru.Action!.ACCEPT_PROPOSAL!, exact: true }).click();
  await proposal.waitFor({ state: 'detached' });

  await lead.goto(`/desk/teams/${team}/proposals`);
  await lead.getByRole('listitem').filter({ hasText: title }).getByRole('button', { name: kk.Action!.ADOPT_PROPOSAL! }).click();
  await lead.getByText(kk.TaskState!.DRAFT!).first().waitFor();
  const task = lead.url().match(/tasks\/([\w-]+)/)![1]!;
  await lead.getByRole('button', { name: kk.Action!.ADD_SHIFT! }).click();
  await lead.getByRole('button', { name: kk.Action!.ADD_SHIFT! }).click();
  await lead.getByRole('button', { name: kk.Action!.OPEN_TASK! }).click();
  await lead.getByRole('button', { name: kk.Action!.START_TASK! }).click();
  await lead.getByRole('button', { name: kk.Action!.CLAIM_DONE! }).click();
  await lead.getByLabel(kk.lead!.claim!.words!).fill('Арық бойына он екі ағаш отырғызылды.');
  await lead.getByLabel(kk.Metric!.TREES!, { exact: false }).fill('12');
  await lead.getByLabel(kk.lead!.claim!.noPhoto!).fill('Телефонның қуаты бітті.');
  await lead.getByLabel(kk.lead!.claim!.cancelShifts!).check();
  await lead.getByRole('button', { name: kk.lead!.claim!.send! }).click();
  const result = lead.getByRole('region', { name: kk.result!.title!, exact: true });
  await result.getByText('Телефонның қуаты бітті.').waitFor();
  await look(lead, 'lead-task-claimed', phone);

  const verifying = await deskOf(desk, host);
  const claim = await openOf(verifying, 'results', title);
  await claim.getByRole('button', { name: ru.Action!.VERIFY_TASK! }).click();
  await claim.getByRole('button', { name: ru.Action!.VERIFY_TASK! }).click();
  await claim.waitFor({ state: 'detached' });

  // The results count for the team, the centre and the city.
  const visitor = await open(wide);
  await visitor.goto(`/tasks/${task}`);
  await visitor.getByRole('region', { name: en.result!.title!, exact: true }).getByText(en.Metric!.TREES!).waitFor();
  await expect.poll(() => visitor.getByRole('button', { name: en.Action!.DISPUTE_RESULT! }).count()).toBe(0);
  await look(visitor, 'task-result', wide);
  for (const [name, page] of Object.entries({ team: `/teams/${team}`, centre: host })) {
    await visitor.goto(page);
    const counted = visitor.getByRole('region', { name: en.totals!.title! }).getByRole('row', { name: en.Metric!.TREES! }).getByRole('cell').first();
    expect(Number((await counted.innerText()).replace(/\D/g, ''))).toBeGreaterThanOrEqual(12);
    await look(visitor, `${name}-totals`, wide);
  }

  const officer = await open(desk, 'officer-1@example.org');
  await officer.goto('/desk/city');
  await officer.getByRole('region', { name: ru.totals!.title! }).getByRole('row', { name: ru.Metric!.TREES! }).waitFor();
  await look(officer, 'city-totals', desk);

  await author.goto(path);
  await author.getByText(ru.trail!.did!.VERIFY_TASK!).waitFor();
  await look(author, 'proposal-trail-verified', night);
  await author.getByRole('link', { name: title }).first().click();
  await author.getByRole('button', { name: ru.Action!.DISPUTE_RESULT! }).click();
  await author.getByLabel(ru.result!.wrong!).fill('Деревьев семь, а не двенадцать.');
  await look(author, 'task-disputing', night);
  await author.getByRole('button', { name: ru.Action!.DISPUTE_RESULT! }).click();
  await author.getByText('Деревьев семь, а не двенадцать.').waitFor();
  await expect.poll(() => author.getByRole('region', { name: ru.result!.title!, exact: true }).count()).toBe(0);
  await look(author, 'task-disputed', night);

  await lead.reload();
  await lead.getByText('Деревьев семь, а не двенадцать.').waitFor();
  await lead.getByRole('button', { name: kk.Action!.CLAIM_DONE! }).waitFor();
  await look(lead, 'lead-task-disputed', phone);
});

test('what is overdue comes first on the desk, and everybody can see it', async () => {
  const [en, kk] = [words('en'), words('kk')];
  const page = await open(wide, 'coordinator-1@example.org');
  await page.goto('/desk');
  await page.getByRole('heading', { level: 2, name: en.centreDesk!.proposals! }).getByRole('link').click();
  const rows = page.getByRole('navigation', { name: en.centreDesk!.proposals! }).getByRole('link');
  await rows.first().getByText(en.due!.late!, { exact: false }).waitFor();
  const late = await rows.filter({ hasText: en.due!.late! }).count();
  await page.getByText(filled(late === 1 ? en.due!.count_one! : en.due!.count_other!, { count: late })).waitFor();
  await look(page, 'desk-overdue', wide);
  await rows.first().click();
  const path = await page.getByRole('article').getByRole('link', { name: en.centreDesk!.asOthers! }).getAttribute('href');
  const visitor = await open(phone);
  await visitor.goto(path!);
  await visitor.getByText(kk.trail!.over!, { exact: false }).last().waitFor();
  await look(visitor, 'proposal-overdue', phone);
});
