import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Look, look, open, words } from './browser';
import { confirms } from './newcomer';

/** The desk of one of the city's coordinators, the first one with what is wanted. */
async function deskOf(here: Look, wanted: (page: Page) => Promise<boolean>): Promise<Page> {
  for (let number = 1; ; number++) {
    const page = await open(here, `coordinator-${number}@example.org`);
    await page.goto('/desk');
    await page.waitForURL('**/desk/centres/*');
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    if (await wanted(page)) return page;
  }
}

const first = (here: Look) => deskOf(here, async () => true);

/** Opens a part of the desk by its heading, which links to its page. */
const openPart = async (page: Page, part: string) => {
  await page.getByRole('heading', { level: 2, name: part }).getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: part }).waitFor();
};

/** The open item of a queue. */
const opened = (page: Page) => page.getByRole('article');
const titleOf = (article: Locator) => article.getByRole('heading', { level: 2 }).first();

test('a coordinator reviews a proposal, asks a question and accepts it, and declines the next', async () => {
  const here: Look = { width: 1280, theme: 'light', language: 'ru' };
  const there: Look = { width: 360, theme: 'dark', language: 'kk' };
  const [ru, kk] = [words(here.language), words(there.language)];
  const title = 'Мектеп жанындағы жаяу өткел бояуы өшкен';
  const author = await open(there, 'resident-1@example.org');
  await author.goto('/propose');
  await author.getByLabel(kk.propose!.name!).fill(title);
  await author.getByLabel(kk.propose!.text!).fill('Өткелдің бояуы көрінбейді, балалар жолдан қорқып өтеді.');
  await author.getByRole('button', { name: kk.propose!.submit! }).click();
  await author.getByRole('heading', { name: kk.proposal!.trail! }).waitFor();
  const centre = await author.locator('a[href^="/centres/"]').last().getAttribute('href');

  const page = await deskOf(here, async (desk) => desk.url().endsWith(centre!));
  await look(page, 'desk-centre', here);
  await openPart(page, ru.centreDesk!.proposals!);
  await opened(page).waitFor();
  await look(page, 'desk-proposals', here);
  await page.getByRole('link', { name: title }).click();
  const proposal = opened(page).filter({ hasText: title });
  await proposal.getByRole('button', { name: ru.Action!.REVIEW_PROPOSAL! }).click();
  await proposal.getByRole('button', { name: ru.Action!.ASK_FOR_INFO! }).click();
  const question = proposal.getByLabel(ru.centreAnswer!.question!);
  await expect.poll(() => question.evaluate((field) => field === document.activeElement)).toBe(true);
  await question.press('Escape');
  await proposal.getByRole('button', { name: ru.Action!.ASK_FOR_INFO! }).click();
  await question.fill('У какой школы этот переход?');
  await look(page, 'desk-proposal-asking', here);
  await question.press('Control+Enter');
  // It waits for its author now; another one is open, and its heading has the focus.
  await expect.poll(() => titleOf(opened(page)).innerText()).not.toBe(title);
  await expect.poll(() => titleOf(opened(page)).evaluate((heading) => heading === document.activeElement)).toBe(true);

  await author.reload();
  await author.getByText('У какой школы этот переход?').first().waitFor();
  await author.getByLabel(kk.proposal!.answer!).fill('№154 мектеп, Жанқожа батыр көшесі жағынан.');
  await author.getByRole('button', { name: kk.Action!.ANSWER_INFO! }).click();
  await author.getByText(kk.ProposalState!.IN_REVIEW!).first().waitFor();

  await page.reload();
  await page.getByRole('link', { name: title }).click();
  await proposal.getByText('№154 мектеп').waitFor();
  await proposal.getByRole('button', { name: ru.Action!.ACCEPT_PROPOSAL!, exact: true }).click();
  await proposal.getByLabel(ru.centreAnswer!.accepting!).fill('Передадим команде, которая красит переходы.');
  await proposal.getByRole('button', { name: ru.Action!.ACCEPT_PROPOSAL!, exact: true }).click();
  await proposal.waitFor({ state: 'detached' });
  await author.reload();
  await author.getByText(kk.ProposalState!.ACCEPTED!).first().waitFor();

  // What waits for its author is at the end of the list.
  const next = page.getByRole('navigation', { name: ru.centreDesk!.proposals! }).getByRole('link').first();
  const declined = await next.locator('b').innerText();
  await next.click();
  await opened(page).filter({ hasText: declined }).waitFor();
  const begin = opened(page).getByRole('button', { name: ru.Action!.REVIEW_PROPOSAL! });
  const decline = opened(page).getByRole('button', { name: ru.Action!.DECLINE_PROPOSAL!, exact: true });
  await begin.or(decline).waitFor();
  if (await begin.isVisible()) await begin.click();
  await decline.click();
  await page.getByLabel(ru.centreAnswer!.reason!).selectOption('ALREADY_PLANNED');
  await page.getByLabel(ru.centreAnswer!.declining!).fill('Это уже есть в плане акимата на весну.');
  await look(page, 'desk-proposal-declining', here);
  await page.getByLabel(ru.centreAnswer!.declining!).press('Control+Enter');
  await page.getByRole('navigation', { name: ru.centreDesk!.proposals! }).getByText(declined).waitFor({ state: 'detached' });
});

test('a coordinator sends a claim back', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const page = await first(here);
  await look(page, 'desk-centre-phone', here);
  await openPart(page, t.centreDesk!.results!);
  await look(page, 'desk-results-list', here);
  const list = page.url();
  await page.getByRole('navigation', { name: t.centreDesk!.results! }).getByRole('link').first().click();
  const title = (await titleOf(opened(page)).textContent())!;
  await opened(page).getByRole('button', { name: t.Action!.SEND_BACK! }).click();
  await opened(page).getByLabel(t.claim!.missing!).fill('Соңғы ауысымға кім келгенін белгілеңіз.');
  await look(page, 'desk-result-missing', here);
  await opened(page).getByRole('button', { name: t.Action!.SEND_BACK! }).click();
  await expect.poll(() => page.getByRole('heading', { name: title }).count()).toBe(0);
  await page.goto(list); // where the leads of other stories may have claimed theirs
  await page.getByRole('heading', { level: 1 }).waitFor();
  await look(page, 'desk-results-after', here);
  await expect.poll(() => page.getByRole('link', { name: title }).count()).toBe(0);
});

test('a coordinator confirms a result', async () => {
  const here: Look = { width: 1280, theme: 'dark', language: 'en' };
  const t = words(here.language);
  const none = (page: Page) => page.getByText(t.centreDesk!.noResults!).isVisible();
  const page = await deskOf(here, async (desk) => !(await none(desk)));
  await openPart(page, t.centreDesk!.results!);
  const title = await titleOf(opened(page)).innerText();
  await look(page, 'desk-result', here);
  await opened(page).getByRole('button', { name: t.Action!.VERIFY_TASK! }).click();
  await opened(page).getByLabel(t.claim!.thanks!).fill('Thank you, it looks as new.');
  await opened(page).getByRole('button', { name: t.Action!.VERIFY_TASK! }).click();
  await opened(page).filter({ hasText: title }).waitFor({ state: 'detached' });
});

test('a coordinator hides what was reported, suspends its author, undoes both, and dismisses a report', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'ru' };
  const t = words(here.language);
  const page = await first(here);
  await openPart(page, t.moderation!.title!);
  const waiting = page.getByRole('region', { name: t.moderation!.open! });
  const report = waiting.getByRole('listitem').first();
  const title = await report.getByRole('heading').innerText();
  await look(page, 'desk-reports', here);
  await report.getByRole('button', { name: t.Action!.HIDE_CONTENT!, exact: true }).click();
  await report.getByLabel(t.moderation!.why!).fill('Повторяет другое предложение слово в слово.');
  await look(page, 'desk-report-hiding', here);
  await report.getByLabel(t.moderation!.why!).press('Control+Enter');
  const hidden = page.getByRole('region', { name: t.moderation!.decided! }).getByRole('listitem').filter({ hasText: title });
  await hidden.getByRole('button', { name: t.Action!.SHOW_CONTENT! }).click();
  await hidden.getByLabel(t.moderation!.why!).fill('Это другой двор, мы ошиблись.');
  await look(page, 'desk-report-showing', here);
  await hidden.getByRole('button', { name: t.Action!.SHOW_CONTENT! }).click();
  await hidden.waitFor({ state: 'detached' });

  const author = (await report.getByRole('blockquote').getByRole('paragraph').first().innerText()).trim();
  const suspend = t.moderation!.suspend!.replace('{{name}}', author);
  await report.getByRole('button', { name: suspend }).click();
  await report.getByLabel(t.moderation!.howLong!).selectOption('30');
  await report.getByLabel(t.moderation!.why!).fill('Третья неправда за неделю.');
  await report.getByRole('button', { name: suspend }).click();
  const suspended = page.getByRole('region', { name: t.moderation!.decided! }).getByRole('listitem').filter({ hasText: author });
  await suspended.getByRole('button', { name: t.Action!.END_SUSPENSION! }).click();
  await suspended.getByLabel(t.moderation!.why!).fill('Человек всё объяснил.');
  await look(page, 'desk-suspension', here);
  await suspended.getByRole('button', { name: t.Action!.END_SUSPENSION! }).click();
  await suspended.waitFor({ state: 'detached' });

  await report.getByRole('button', { name: t.moderation!.dismiss! }).click();
  await report.getByLabel(t.moderation!.why!).fill('Адрес верный, проверили.');
  await report.getByRole('button', { name: t.moderation!.dismiss! }).click();
  await page.getByText(t.moderation!.noReports!).waitFor();
});

test('a coordinator records a signed paper, and withdraws it', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const minor = await open(here);
  await minor.goto('/register?next=%2Fme');
  await minor.getByLabel(t.account!.givenName!).fill('Нұрлан');
  await minor.getByLabel(t.account!.familyName!).fill('Ержанов');
  await minor.getByLabel(t.account!.birthDate!).fill(`${new Date().getUTCFullYear() - 15}-01-01`);
  await minor.getByLabel(t.account!.email!).fill('nurlan@example.net');
  await minor.getByLabel(t.account!.password!).first().fill('таудағы таза ауа');
  await minor.getByRole('button', { name: t.account!.create! }).click();
  await confirms(minor, t, 'nurlan@example.net');
  await minor.getByRole('heading', { name: t.consent!.title! }).waitFor();

  const page = await first(here);
  await openPart(page, t.paper!.title!);
  const email = page.getByLabel(t.paper!.email!);
  await email.fill('adult-1@example.org');
  await email.press('Enter');
  await page.getByText(t.paper!.nobody!).waitFor();
  await email.fill('nurlan@example.net');
  await email.press('Enter');
  await page.getByRole('heading', { name: 'Нұрлан Е.' }).waitFor();
  await page.getByLabel(t.paper!.note!).fill('2-сөре');
  await look(page, 'desk-paper', here);
  await page.getByRole('button', { name: t.Action!.RECORD_CONSENT! }).click();
  const part = opened(page).getByRole('listitem').filter({ hasText: t.ConsentScope!.TAKING_PART! });
  await part.getByText('2-сөре').waitFor();
  await look(page, 'desk-paper-recorded', here);
  await minor.reload();
  await minor.getByText('2-сөре').waitFor();

  await part.getByRole('button', { name: t.Action!.WITHDRAW_CONSENT! }).click();
  await part.getByLabel(t.paper!.reason!).fill('Ата-анасы ойын өзгертті.');
  await part.getByRole('button', { name: t.Action!.WITHDRAW_CONSENT! }).click();
  await part.getByText(t.ConsentState!.WITHDRAWN!).waitFor();
});

test('a desk is for its own coordinators', async () => {
  const here: Look = { width: 1280, theme: 'light', language: 'en' };
  const desk = (await first(here)).url();
  const page = await open(here, 'coordinator-2@example.org');
  await page.goto(`${desk}/reports`);
  await page.getByText(words(here.language).centreDesk!.notYours!).waitFor();
  await look(page, 'desk-not-yours', here);
});
