import { expect, test } from 'vitest';
import { type Look, look, open, words } from './browser';

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

  await page.getByRole('listitem').getByRole('link').first().click();
  const off = page.getByRole('button', { name: t.Action!.SIGN_UP!, exact: true }).first();
  await off.waitFor();
  expect(await off.getAttribute('aria-disabled')).toBe('true');
  await page.getByText(t.Code!.CONSENT_MISSING!).first().waitFor();
  await look(page, 'task-consent-missing', here);
  await page.getByRole('link', { name: t.consent!.toAsk! }).first().click();

  const part = page.getByRole('region', { name: t.consent!.title! });
  const heading = part.getByRole('heading', { level: 2 });
  await expect.poll(() => heading.evaluate((found) => found === document.activeElement && found.getBoundingClientRect().top < innerHeight / 2)).toBe(true);
  expect(await part.getByText(t.consent!.none!).count()).toBe(3);
  const email = part.getByLabel(t.consent!.email!);
  await email.fill(minor);
  await part.getByRole('button', { name: t.Action!.REQUEST_CONSENT! }).click();
  await part.getByText(t.consent!.invalid!.guardianEmail!).waitFor();
  await email.fill(`guardian-${here.language}@example.net`);
  await part.getByLabel(t.ConsentScope!.PHOTO!).check();
  await part.getByRole('button', { name: t.Action!.REQUEST_CONSENT! }).click();
  await expect.poll(() => part.getByText(t.ConsentState!.ASKED!, { exact: true }).count()).toBe(2);
  expect(await part.getByRole('checkbox', { checked: true }).count()).toBe(0);
  expect(await email.inputValue()).toBe('');
  await look(page, 'me-consent-asked', here);

  const photo = part.getByRole('listitem').filter({ hasText: t.ConsentScope!.PHOTO! });
  await photo.getByRole('button', { name: t.consent!.withdrawAsked! }).click();
  await photo.getByLabel(t.consent!.reason!).fill('Бұл маған керек емес');
  await look(page, 'me-consent-withdrawing', here);
  await photo.getByRole('button', { name: t.consent!.withdrawAsked! }).click();
  await photo.getByText(t.ConsentState!.WITHDRAWN!).waitFor();
  expect(await part.getByText(t.ConsentState!.ASKED!, { exact: true }).count()).toBe(1);
});

function fifteenYearsAgo(): string {
  const day = new Date();
  day.setUTCFullYear(day.getUTCFullYear() - 15, 0, 1);
  return day.toISOString().slice(0, 10);
}
