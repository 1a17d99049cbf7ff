import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Look, look, open, signIn, words } from './browser';
import { cable } from './cable';

const here: Look = { width: 360, theme: 'light', language: 'kk' };
const t = words(here.language);
const first = 'volunteer-1@example.org';
const second = 'adult-1@example.org';

/** Waits until the service worker has stored the shell and the page. */
const shellKept = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');

test('without a network the app opens, and shows my shifts only to me', async () => {
  const way = await cable();
  const page = await open(here, first, { serviceWorkers: 'allow' });
  await page.goto(`${way.url}/me`);
  await page.evaluate(async () => (await caches.open('shell-of-an-older-build')).put('/assets/old.js', new Response('')));
  const mine = page.getByRole('listitem').getByRole('heading', { level: 3 });
  await mine.first().waitFor();
  const titles = await page.getByRole('region', { name: t.me!.coming! }).getByRole('heading', { level: 3 }).allInnerTexts();
  expect(titles.length).toBeGreaterThan(0);
  await shellKept(page);
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([expect.stringMatching(/^shell-[0-9a-f]{12}$/)]);

  way.cut();
  await page.reload();
  await page.getByText(t.me!.kept!.split('{{')[0]!).waitFor();
  await expect.poll(() => mine.allInnerTexts()).toEqual(titles);
  await expect.poll(() => page.getByRole('main').getByRole('button').allInnerTexts()).toEqual([t.states!.retry!]);
  await look(page, 'me-kept', here);
  const everything = await page.evaluate(() => JSON.stringify(localStorage));
  for (const text of [first, 'birthDate', 'email', 'session', 'availableActions":[{']) expect(everything).not.toContain(text);

  // What is not stored says so. A page that nobody has opened here yet cannot even be loaded.
  await page.goto(`${way.url}/`);
  await page.getByRole('heading', { name: t.states!.notLoaded! }).waitFor();
  await page.goto(`${way.url}/me`);
  await page.getByText(t.me!.kept!.split('{{')[0]!).waitFor();
  way.mend();
  await page.getByRole('button', { name: t.states!.retry! }).click();
  await page.getByRole('heading', { name: t.me!.sessions! }).waitFor();
});

test('the message about the network promises only what a reload keeps', async () => {
  const way = await cable();
  const page = await open(here, first, { url: way.url, serviceWorkers: 'allow' });
  await page.goto('/me');
  await shellKept(page);
  await page.goto('/tasks');
  const rows = page.locator('main li h3');
  await rows.first().waitFor();
  await page.context().setOffline(true);
  await page.getByText(t.shell!.offline!).waitFor();
  await expect.poll(() => rows.count()).toBeGreaterThan(0);
  way.cut();
  await page.reload();
  // Chromium forgets to tell the reloaded page that it is offline.
  await page.context().setOffline(false);
  await page.context().setOffline(true);
  await page.getByRole('heading', { name: t.states!.offline! }).waitFor();
  await expect.poll(() => rows.count()).toBe(0);
  await page.getByText(t.shell!.offline!).waitFor();
});

test('what is stored is removed when somebody signs out or in', async () => {
  const page = await open(here, undefined, { serviceWorkers: 'allow' });
  await page.goto('/sign-in');
  await signIn(page, first, t);
  await page.getByRole('heading', { name: t.me!.coming! }).waitFor();
  await shellKept(page);
  await expect.poll(() => kept(page)).not.toBeNull();

  // Signing out without a network is not done, but what was stored here is gone.
  await page.context().setOffline(true);
  await page.getByRole('button', { name: t.me!.signOut!, exact: true }).click();
  await expect.poll(() => kept(page)).toBeNull();
  await page.reload();
  await page.getByRole('heading', { name: t.states!.offline! }).waitFor();

  await page.context().setOffline(false);
  await page.goto('/me');
  await expect.poll(() => kept(page)).not.toBeNull();
  await page.goto('/sign-in');
  await signIn(page, second, t);
  await page.getByText(second).first().waitFor();
  const others = await page.getByRole('region', { name: t.me!.coming! }).getByRole('heading', { level: 3 }).allInnerTexts();
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText(t.me!.kept!.split('{{')[0]!).waitFor();
  await expect.poll(() => page.getByRole('listitem').getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(others);

  // A session that ended elsewhere removes it as well.
  await page.context().setOffline(false);
  await page.context().clearCookies();
  await page.goto('/me');
  await page.getByText(t.account!.signInFirst!).waitFor();
  await expect.poll(() => kept(page)).toBeNull();
});

test('the app can be installed', async () => {
  const page = await open(here, undefined, { serviceWorkers: 'allow' });
  await page.goto('/');
  const browser = await page.context().newCDPSession(page);
  const { errors, url } = await browser.send('Page.getAppManifest');
  expect(url).toContain('/app.webmanifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});

const kept = (page: Page) => page.evaluate(() => localStorage.getItem('kept'));
