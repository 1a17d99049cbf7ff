import { expect, test } from 'vitest';
import { type Look, look, open, signIn, words } from './browser';

const looks: Look[] = [
  { width: 360, theme: 'light', language: 'kk' },
  { width: 1280, theme: 'dark', language: 'ru' },
  { width: 360, theme: 'dark', language: 'ru' },
  { width: 1280, theme: 'light', language: 'kk' },
  { width: 360, theme: 'light', language: 'en' },
];

/** Sizes, themes and languages take turns. */
const turn = (page: number) => looks[page % looks.length]!;

test.each([
  ['home', '/'],
  ['tasks', '/tasks'],
  ['tasks-none', '/tasks?text=xxxxxx'],
  ['tasks-districts', '/tasks?map'],
  ['ngos', '/ngos'],
  ['centres', '/centres'],
  ['proposals', '/proposals'],
  ['sign-in', '/sign-in?next=%2Fme'],
  ['register', '/register'],
  ['verify-email', '/verify-email#token=x'],
  ['forgot-password', '/forgot-password'],
  ['reset-password', '/reset-password#token=x'],
  ['invitation-none', '/invitation'],
  ['register-lapsed', '/register#oidc=x'],
  ['missing', '/nowhere'],
].map(([name, path], page) => [name!, path!, page] as const))('%s', async (name, path, number) => {
  const here = turn(number);
  const page = await open(here);
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await look(page, name, here);
});

test('a volunteer of sixteen sees offers, places in line, and why not', async () => {
  const here = turn(2);
  const page = await open(here);
  await page.goto('/sign-in?next=%2Fme');
  await signIn(page, 'volunteer-1@example.org', words(here.language));
  await page.getByRole('timer').first().waitFor();
  await look(page, 'me-volunteer', here);
  await page.goto('/tasks');
  await page.getByRole('listitem').first().waitFor();
  await look(page, 'tasks-volunteer', here);
});

test('the map has its tiles and marks', async () => {
  const here = turn(3);
  const page = await open(here);
  await page.route('**/app.json', (route) => route.fulfill({ json: { tiles: '/tiles/{z}/{x}/{y}.png', accounts: [] } }));
  await page.route('**/tiles/**', (route) => route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }));
  await page.goto('/tasks?map');
  await page.locator('.leaflet-interactive').first().waitFor();
  await look(page, 'tasks-map', here);
  await page.locator('.leaflet-interactive').first().click();
  await expect.poll(() => page.url()).toMatch(/\/tasks\/[0-9a-f-]{36}$/);
});

test('the first route of the tasks page is light', async () => {
  const page = await open(turn(0));
  const sizes: number[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) sizes.push(Number(response.headers()['content-length']));
  });
  await page.route('**/*.js', (route) => route.continue({ headers: { ...route.request().headers(), 'accept-encoding': 'gzip' } }));
  await page.goto('/tasks');
  await page.getByRole('listitem').first().waitFor();
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1024;
  expect(kilobytes).toBeGreaterThan(50);
  expect(kilobytes).toBeLessThanOrEqual(180);
});
