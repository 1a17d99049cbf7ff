// Takes the pictures of docs/screens from a new demo city: `make screens`. Each page of the list is taken on a phone and at a desk.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { calmOf, chromiumOf, hubOf } from './hub.mjs';

const folder = '../docs/screens';
const password = 'jastar-2026-demo';
const looks = {
  phone: { viewport: { width: 360, height: 720 }, locale: 'kk', colorScheme: 'light' },
  desk: { viewport: { width: 1280, height: 800 }, locale: 'ru', colorScheme: 'light' },
};

/** A name; a path, followed by what to do there; the signed-in account; and another look if it is not the usual one. */
const pages = [
  { name: 'home', path: '/' },
  { name: 'tasks', path: '/tasks?free', email: 'volunteer-1@example.org' },
  { name: 'task', path: '/tasks?mine&free', follow: 'main li h3 a', email: 'adult-1@example.org' },
  { name: 'me', path: '/me', email: 'volunteer-1@example.org' },
  { name: 'me-dark', path: '/me', email: 'volunteer-1@example.org', look: { colorScheme: 'dark' } },
  { name: 'team', path: '/ngos', follow: ['main li h3 a', 'main li h3 a'] },
  { name: 'centre', path: '/centres', follow: 'main li h3 a' },
  { name: 'proposals', path: '/proposals' },
];

/** The maximum size of a picture, in bytes. */
const most = 200_000;

const hub = await hubOf(true);
const browser = await chromiumOf();
const signedIn = new Map();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
try {
  for (const page of pages) for (const size of Object.keys(looks)) await take(page, size);
} finally {
  await browser.close();
  await hub.stop();
}

async function take({ name, path, follow = [], email, look }, size) {
  if (email && !signedIn.has(email)) signedIn.set(email, await signIn(email));
  const context = await browser.newContext({ baseURL: hub.url, reducedMotion: 'reduce', serviceWorkers: 'block', storageState: signedIn.get(email), ...looks[size], ...look });
  const page = await context.newPage();
  const calm = calmOf(page);
  await page.goto(path);
  for (const link of [follow].flat()) {
    await calm();
    await page.locator(link).first().click();
  }
  await calm();
  await page.locator('h1').waitFor();
  await page.evaluate(() => document.fonts.ready);
  const file = `${folder}/${name}-${size}.png`;
  await page.screenshot({ path: file });
  await context.close();
  const { length } = readFileSync(file);
  console.log(`${file} ${Math.round(length / 1000)} KB`);
  if (length > most) throw new Error(`${file} is too large`);
}

/** Signs in once, with a code if it is required. */
async function signIn(email) {
  const page = await browser.newPage({ baseURL: hub.url, locale: 'en', serviceWorkers: 'block' });
  await page.goto('/sign-in');
  await page.locator('[name=email]').fill(email);
  await page.locator('[name=password]').fill(password);
  await page.locator('[name=password]').press('Enter');
  const code = page.locator('[name=code]');
  const inside = page.getByRole('heading', { name: 'Where I am signed in' });
  await code.or(inside).waitFor();
  if (await code.isVisible()) {
    await code.fill(execFileSync('../bin/hub', ['code'], { encoding: 'utf8' }).match(/\b\d{6}\b/)[0]);
    await code.press('Enter');
    await inside.waitFor();
  }
  const state = await page.context().storageState();
  await page.close();
  return { ...state, origins: [] };
}
