import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { noBreak } from '../build/words';
import { codeOf } from '../src/modules/account/authenticator';

export const password = 'jastar-2026-demo';

/** The secret of the second factor of the accounts that need one. */
export const secret = 'JASTARHUBDEMOSECRETFACTORALMATY2';

export type Look = { width: 360 | 1280; theme: 'light' | 'dark'; language: 'kk' | 'ru' | 'en' };

const turns: Look[] = [
  { width: 360, theme: 'light', language: 'kk' },
  { width: 1280, theme: 'dark', language: 'ru' },
  { width: 360, theme: 'dark', language: 'ru' },
  { width: 1280, theme: 'light', language: 'kk' },
  { width: 360, theme: 'light', language: 'en' },
];

/** Sizes, themes and languages take turns. */
export const turn = (page: number): Look => turns[page % turns.length]!;

/** All looks; the language changes least often, because the page is loaded again for that. */
const everyLook = (['kk', 'ru', 'en'] as const).flatMap((language) =>
  ([360, 1280] as const).flatMap((width) => (['light', 'dark'] as const).map((theme): Look => ({ width, theme, language }))),
);

const heights = { 360: 760, 1280: 900 };
const screens = '../.data/screens';

interface Words {
  [key: string]: string & Words;
}

/** The app's words in a language, so that stories read as a person sees them. */
export function words(language: Look['language']) {
  const spoken = (file: string) => JSON.parse(readFileSync(`src/words/${language}/${file}.json`, 'utf8'), (_, value) => (typeof value === 'string' ? noBreak(value, language) : value)) as Words;
  return { ...spoken('app'), ...spoken('schema') };
}

let browser: Browser;
const contexts: BrowserContext[] = [];
const signedIn = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();
const underWay = new WeakMap<Page, number>();

beforeAll(async () => {
  const found = execFileSync('sh', ['-c', 'command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' });
  browser = await chromium.launch({ executablePath: found.trim(), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  mkdirSync(screens, { recursive: true });
});
afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())));
afterAll(() => browser.close());

/** Whether a request is a subscription, which lasts as long as the page. */
export const streams = (request: Request) => Boolean(request.headers().accept?.startsWith('text/event-stream'));

type Opening = { url?: string; serviceWorkers?: 'allow' | 'block' };

/**
 * A person's browser: signed in as the account of the email, or as nobody. Anything that its pages complain about fails the
 * story. There is no service worker unless the story is about it: its requests cannot be delayed. The hub is the one that stories
 * share, unless url is another's.
 */
export async function open(look: Look, email?: string, { url = inject('hub').url, serviceWorkers = 'block' }: Opening = {}): Promise<Page> {
  if (email && !signedIn.has(email)) await signInOnce(look, email);
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: look.width, height: heights[look.width] },
    colorScheme: look.theme,
    locale: look.language,
    reducedMotion: 'reduce',
    serviceWorkers,
    storageState: email && signedIn.get(email),
  });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => expect.unreachable(error.stack));
  page.on('console', (message) => expect(message.text()).not.toContain('Content Security Policy'));
  const count = (change: number) => (request: Request) => {
    if (!streams(request)) underWay.set(page, (underWay.get(page) ?? 0) + change);
  };
  page.on('request', count(1)).on('requestfinished', count(-1)).on('requestfailed', count(-1));
  return page;
}

/** Signs in on the present page. */
export async function signIn(page: Page, email: string, { account }: Words, secretWord = password): Promise<void> {
  await page.getByLabel(account!.email!).fill(email);
  await page.getByLabel(account!.password!, { exact: false }).first().fill(secretWord);
  await page.getByRole('button', { name: account!.enter!, exact: true }).click();
}

/** The text of the focused element. */
export const focused = (page: Page) => page.evaluate(() => (document.activeElement === document.body ? '' : (document.activeElement as HTMLElement).innerText));

/** Confirms what was tapped. */
export async function sayYes(page: Page, { ask }: Words): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: ask!.yes!, exact: true }).click();
}

/** Signs in for all the pages that are opened as this person; with a code if it is required. */
async function signInOnce(look: Look, email: string): Promise<void> {
  const t = words(look.language);
  const page = await open(look);
  await page.goto('/sign-in');
  await signIn(page, email, t);
  const code = page.getByLabel(t.account!.code!);
  const inside = page.getByRole('button', { name: t.me!.signOut!, exact: true });
  await code.or(inside).waitFor();
  let last: string | undefined;
  while (await code.isVisible()) {
    const next = await codeOf(secret);
    if (next !== last) {
      last = next!;
      // The previous code may have been accepted in the meantime, and the field be gone.
      await code.fill(last, { timeout: 2000 }).then(() => code.press('Enter', { timeout: 2000 })).catch(() => {});
    }
    await page.waitForTimeout(250); // a code can be used once: if another story was first, wait for the next one
  }
  await inside.waitFor();
  const { cookies } = await page.context().storageState();
  signedIn.set(email, { cookies, origins: [] });
}

/**
 * Checks the page as it is: no accessibility faults, nothing wider than the screen, and a picture to look at. With
 * HUB_STORIES_ALL it is checked in every size, theme and language, and left as it was.
 */
export async function look(page: Page, name: string, here: Look): Promise<void> {
  if (!process.env.HUB_STORIES_ALL) return lookOnce(page, name, here);
  let now = here;
  for (const next of everyLook) {
    await turnTo(page, now, (now = next));
    await lookOnce(page, name, next);
  }
  await turnTo(page, now, here);
}

async function turnTo(page: Page, from: Look, to: Look): Promise<void> {
  await page.setViewportSize({ width: to.width, height: heights[to.width] });
  await page.emulateMedia({ colorScheme: to.theme });
  if (from.language === to.language) return;
  const { languages } = words(from.language);
  await page.getByRole('banner').getByRole('button', { name: languages![to.language]!, exact: true }).click();
  await page.locator(`html[lang=${to.language}]`).waitFor();
}

/** Checks a page in one look only: where the app's choice of language cannot be reached. */
export async function lookOnce(page: Page, name: string, { width, theme, language }: Look): Promise<void> {
  await settled(page);
  // The app has no frames, so one run in the page is enough; and it needs nothing that axe would load for rules about sounds.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'], preload: false }).analyze();
  const seen = `${name} ${width} ${theme} ${language}`;
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), seen).toEqual([]);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: seen }).toBeLessThanOrEqual(width);
  await expect.poll(() => page.evaluate(smallTargets), { message: seen }).toEqual([]);
  await shoot(page, `${screens}/${name}-${width}-${theme}-${language}.png`, width);
}

/** Takes a picture of the whole page at once, with what is fixed to the screen where it ends. */
async function shoot(page: Page, path: string, width: Look['width']): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, heights[width]) });
  await page.screenshot({ path });
  await page.setViewportSize({ width, height: heights[width] });
}

/** Takes a picture of the page in each language for people to read, into the folder of `make texts`. */
export async function take(page: Page, name: string, here: Look): Promise<void> {
  let now = here;
  for (const language of ['kk', 'ru', 'en'] as const) {
    await turnTo(page, now, (now = { ...here, language }));
    await settled(page);
    await shoot(page, `../.data/texts/pages/${name}.${language}.png`, here.width);
  }
  await turnTo(page, now, here);
}

/** Waits until the page has loaded everything that it asked for. */
export async function settled(page: Page): Promise<void> {
  const calm = async () => {
    await page.waitForTimeout(300); // answers lead to further questions
    return underWay.get(page);
  };
  await expect.poll(calm).toBe(0);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

/** What can be tapped and is lower than 44 pixels; links within a text are as high as the text. */
function smallTargets(): string[] {
  return [...document.querySelectorAll('a, button, select, input, summary')]
    .filter((target) => target.getClientRects().length > 0 && !target.matches('p a, h3 a, [href="#page"]'))
    .filter((target) => target.getBoundingClientRect().height < 43.5)
    .map((target) => target.outerHTML.slice(0, 120));
}
