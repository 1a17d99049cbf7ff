import { expect, test } from 'vitest';
import { look, open, turn } from './browser';

/** The name of the picture, the address, and the signed-in account if one is needed. */
const pages: [name: string, path: string, email?: string][] = [
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
  ['search', '/search?text=тазалау'],
  ['search-none', '/search?text=щщщщщ'],
  ['notices-volunteer', '/notices', 'volunteer-1@example.org'],
  ['notice-settings-volunteer', '/notices/settings', 'volunteer-1@example.org'],
  ['notice-settings-coordinator', '/notices/settings', 'coordinator-1@example.org'],
  ['me-volunteer', '/me', 'volunteer-1@example.org'],
  ['record-volunteer', '/me/record', 'volunteer-1@example.org'],
  ['certificate-find', '/certificates'],
  ['certificate-unknown', '/certificates/JH-2026-0000'],
  ['tasks-volunteer', '/tasks', 'volunteer-1@example.org'],
  ['desk-coordinator', '/desk', 'coordinator-1@example.org'],
  ['desk-lead', '/desk', 'lead-1@example.org'],
  ['city', '/desk/city', 'officer-1@example.org'],
  ['city-centres', '/desk/city/centres', 'officer-1@example.org'],
  ['city-ngo-new', '/desk/city/ngos/new', 'officer-1@example.org'],
  ['city-roles', '/desk/city/people', 'officer-1@example.org'],
  ['city-moderation', '/desk/city/reports', 'officer-1@example.org'],
  ['desk-ngo-lead', '/desk', 'ngo-lead-1@example.org'],
  ['city-calendar', '/desk/city/calendar', 'officer-1@example.org'],
  ['city-letters', '/desk/city/letters', 'officer-1@example.org'],
  ['city-journal', '/desk/city/audit', 'officer-1@example.org'],
];

test.each(pages.map(([name, path, email], number) => ({ name, path, email, number })))('$name', async ({ name, path, email, number }) => {
  const here = turn(number);
  const page = await open(here, email);
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await look(page, name, here);
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

test.each(['/', '/tasks', '/tasks?free&when=week'])('%s asks the hub once, before the app has loaded', async (path) => {
  const page = await open(turn(2));
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/\/graphql$|\/frame-[^/]*\.js$/.test(request.url())) asked.push(request.method());
  });
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/frame-*.js', (route) => held.then(() => route.continue()));
  const answered = page.waitForResponse('**/graphql');
  await page.goto(path, { waitUntil: 'commit' });
  await answered;
  release();
  await page.locator('main li h3').first().waitFor();
  await page.waitForLoadState('networkidle');
  expect(asked.toSorted()).toEqual(['GET', 'POST']);
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
  expect(kilobytes).toBeLessThanOrEqual(165);
});
