import { expect, test } from 'vitest';
import { focused, type Look, look, open, signIn, words } from './browser';
import { newcomer, newest, newPassword } from './newcomer';

test('a coordinator without a second factor is led to it from every page of the desk', async () => {
  const here: Look = { width: 360, theme: 'dark', language: 'kk' };
  const t = words(here.language);
  const page = await newcomer(here);

  const officer = await open(here, 'officer-1@example.org');
  await officer.goto('/desk/city/people');
  const give = officer.getByRole('region', { name: t.city!.giveRole! });
  await give.getByLabel(t.account!.email!).fill(newest);
  await give.getByLabel(t.city!.role!).selectOption('COORDINATOR');
  await give.getByLabel(t.city!.how!).selectOption('give');
  await give.getByRole('button', { name: t.Action!.GIVE_ROLE! }).click();
  await give.getByRole('status').waitFor();

  // The role has effect from the next sign-in on.
  await page.goto('/sign-in?next=%2Fdesk');
  await signIn(page, newest, t, newPassword);
  await page.waitForURL('**/desk/centres/*');
  const desk = new URL(page.url()).pathname;
  for (const part of ['', '/proposals', '/results', '/reports', '/consents', '/hours']) {
    await page.goto(desk + part);
    await page.getByRole('heading', { name: t.desk!.notYet! }).waitFor();
    await expect.poll(() => page.getByText(t.centreDesk!.notYours!).count()).toBe(0);
  }
  await page.goto(desk);
  await page.getByRole('heading', { name: t.desk!.notYet! }).waitFor();
  await look(page, 'desk-not-yet', here);
  await page.getByRole('link', { name: t.me!.toFactor! }).click();
  await expect.poll(() => focused(page)).toBe(t.security!.factor!);
});
