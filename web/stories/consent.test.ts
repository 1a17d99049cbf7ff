import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Look, look, lookOnce, open, words } from './browser';
import { mailedLink } from './mail';
import { confirms } from './newcomer';

test.each<Look>([
  { width: 360, theme: 'light', language: 'kk' },
  { width: 360, theme: 'dark', language: 'ru' },
])('a fifteen-year-old sees why the button is off, asks a guardian, and takes it back ($theme, $language)', async (here) => {
  const t = words(here.language);
  const minor = `minor-${here.language}@example.net`;
  const page = await open(here);
  await page.goto('/register?next=%2Ftasks%3Ffree');
  await page.getByLabel(t.account!.givenName!).fill('Айару');
  await page.getByLabel(t.account!.familyName!).fill('Серік');
  await page.getByLabel(t.account!.birthDate!).fill(fifteenYearsAgo());
  await page.getByLabel(t.account!.email!).fill(minor);
  await page.getByLabel(t.account!.password!).first().fill('таудағы таза ауа');
  await page.getByRole('button', { name: t.account!.create! }).click();
  await confirms(page, t, minor);

  await page.getByRole('listitem').getByRole('link').first().click();
  const off = page.getByRole('button', { name: t.Action!.SIGN_UP!, exact: true }).first();
  await off.waitFor();
  await expect.poll(() => off.getAttribute('aria-disabled')).toBe('true');
  await page.getByText(t.Code!.CONSENT_MISSING!).first().waitFor();
  await look(page, 'task-consent-missing', here);
  await page.getByRole('link', { name: t.consent!.toAsk! }).first().click();

  const part = page.getByRole('region', { name: t.consent!.title! });
  const heading = part.getByRole('heading', { level: 2 });
  await expect.poll(() => heading.evaluate((found) => found === document.activeElement && found.getBoundingClientRect().top < innerHeight / 2)).toBe(true);
  await expect.poll(() => part.getByText(t.consent!.none!).count()).toBe(3);
  const email = part.getByLabel(t.consent!.email!);
  await email.fill(minor);
  await part.getByRole('button', { name: t.Action!.REQUEST_CONSENT! }).click();
  await part.getByText(t.consent!.invalid!.guardianEmail!).waitFor();
  await email.fill(`guardian-${here.language}@example.net`);
  await part.getByLabel(t.ConsentScope!.PHOTO!).check();
  await part.getByRole('button', { name: t.Action!.REQUEST_CONSENT! }).click();
  await expect.poll(() => part.getByText(t.ConsentState!.ASKED!, { exact: true }).count()).toBe(2);
  await expect.poll(() => part.getByRole('list').evaluate((list) => list === document.activeElement)).toBe(true);
  await expect.poll(() => part.getByRole('checkbox', { checked: true }).count()).toBe(0);
  await expect.poll(() => email.inputValue()).toBe('');
  await look(page, 'me-consent-asked', here);

  const photo = part.getByRole('listitem').filter({ hasText: t.ConsentScope!.PHOTO! });
  await photo.getByRole('button', { name: t.consent!.withdrawAsked! }).click();
  await photo.getByLabel(t.consent!.reason!).fill('Бұл маған керек емес');
  await look(page, 'me-consent-withdrawing', here);
  await photo.getByRole('button', { name: t.consent!.withdrawAsked! }).click();
  await photo.getByText(t.ConsentState!.WITHDRAWN!).waitFor();
  await expect.poll(() => photo.evaluate((row) => row === document.activeElement)).toBe(true);
  await expect.poll(() => part.getByText(t.ConsentState!.ASKED!, { exact: true }).count()).toBe(1);
});

test.each<{ guardian: Look; minor: Look }>([
  { guardian: { width: 360, theme: 'dark', language: 'kk' }, minor: { width: 360, theme: 'light', language: 'ru' } },
  { guardian: { width: 1280, theme: 'light', language: 'ru' }, minor: { width: 1280, theme: 'dark', language: 'en' } },
  { guardian: { width: 360, theme: 'light', language: 'en' }, minor: { width: 360, theme: 'dark', language: 'kk' } },
])('a guardian consents by the mailed link, and takes it back ($guardian.width, $guardian.theme, $guardian.language)', async ({ guardian, minor }) => {
  const t = words(minor.language);
  const says = (JSON.parse(readFileSync('../internal/consent/guardianpage/words.json', 'utf8')) as Record<string, Record<string, string>>)[guardian.language.toUpperCase()]!;
  const scopes = words(guardian.language).ConsentScope!;
  const [child, parent] = [`child-${minor.language}@example.net`, `parent-${minor.language}@example.net`];
  const page = await open(minor);
  await page.goto('/register?next=%2Fme%23consent');
  await page.getByLabel(t.account!.givenName!).fill('Айару');
  await page.getByLabel(t.account!.familyName!).fill('Серік');
  await page.getByLabel(t.account!.birthDate!).fill(fifteenYearsAgo());
  await page.getByLabel(t.account!.email!).fill(child);
  await page.getByLabel(t.account!.password!).first().fill('таудағы таза ауа');
  await page.getByRole('button', { name: t.account!.create! }).click();
  await confirms(page, t, child);
  const part = page.getByRole('region', { name: t.consent!.title! });
  await part.getByLabel(t.consent!.email!).fill(parent);
  await part.getByLabel(t.ConsentScope!.PHOTO!).check();
  await part.getByRole('button', { name: t.Action!.REQUEST_CONSENT! }).click();
  await part.getByText(t.ConsentState!.ASKED!, { exact: true }).first().waitFor();

  const theirs = await open(guardian);
  const link = await mailedLink(parent, '/consent/');
  await theirs.goto(link);
  await theirs.getByRole('navigation').getByRole('link').nth(['kk', 'ru', 'en'].indexOf(guardian.language)).click();
  await theirs.getByRole('heading', { level: 1, name: says.title }).waitFor();
  await theirs.getByText('Айару С.').waitFor();
  await expect.poll(() => theirs.evaluate(() => [...document.fonts].some(({ family, status }) => family.includes('Golos') && status === 'loaded'))).toBe(true);
  await lookOnce(theirs, 'guardian-asked', guardian);
  await theirs.getByRole('button', { name: says.give, exact: true }).click();
  await theirs.getByRole('alert').getByText(says.none!).waitFor();
  await lookOnce(theirs, 'guardian-none', guardian);
  await theirs.getByLabel(scopes.TAKING_PART!).check();
  await theirs.getByRole('button', { name: says.give, exact: true }).click();
  await theirs.getByText(`${scopes.TAKING_PART}: ${says.GIVEN}`).waitFor();
  await theirs.getByText(`${scopes.PHOTO}: ${says.DECLINED}`).waitFor();
  await lookOnce(theirs, 'guardian-given', guardian);
  await page.reload();
  await part.getByText(t.ConsentState!.DECLINED!).waitFor();
  await page.goto('/tasks?free');
  await page.getByRole('listitem').getByRole('link').first().click();
  await page.getByRole('button', { name: t.Action!.SIGN_UP!, exact: true }).first().waitFor();
  await expect.poll(() => page.getByText(t.Code!.CONSENT_MISSING!).count()).toBe(0);

  await theirs.goto(`${link}?lang=${guardian.language}`);
  await theirs.getByLabel(scopes.TAKING_PART!).check();
  await theirs.getByRole('button', { name: says.withdraw, exact: true }).click();
  await theirs.getByText(`${scopes.TAKING_PART}: ${says.WITHDRAWN}`).waitFor();
  await expect.poll(() => theirs.getByRole('button').count()).toBe(0);
  await theirs.goto(link.slice(0, -1));
  await theirs.getByRole('alert').getByText(says.missing!).waitFor();
  await lookOnce(theirs, 'guardian-missing', guardian);
  await page.goto('/me');
  await part.getByText(t.ConsentState!.WITHDRAWN!, { exact: false }).first().waitFor();
});

function fifteenYearsAgo(): string {
  const day = new Date();
  day.setUTCFullYear(day.getUTCFullYear() - 15, 0, 1);
  return day.toISOString().slice(0, 10);
}
