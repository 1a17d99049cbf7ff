import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';

export const password = 'jastar-2026-demo';

/** That of the second factor of who needs one. */
export const secret = 'JASTARHUBDEMOSECRETFACTORALMATY2';

export type Look = { width: 360 | 1280; theme: 'light' | 'dark'; language: 'kk' | 'ru' | 'en' };

const heights = { 360: 760, 1280: 900 };
const screens = '../.data/screens';

type Words = { [key: string]: string & Words };

/** What the app says in a language, so that stories read as a person sees them. */
export const words = (language: string) => ({
  ...(JSON.parse(readFileSync(`src/words/${language}/app.json`, 'utf8')) as Words),
  ...(JSON.parse(readFileSync(`src/words/${language}/schema.json`, 'utf8')) as Words),
});

let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  const found = execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' });
  browser = await chromium.launch({ executablePath: found.trim(), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  mkdirSync(screens, { recursive: true });
});
afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())));
afterAll(() => browser.close());

/** A person's browser at a hub: nobody has signed in there yet. What its pages complain of fails the story. */
export async function open(look: Look, baseURL = inject('hub').url): Promise<Page> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: look.width, height: heights[look.width] },
    colorScheme: look.theme,
    locale: look.language,
    reducedMotion: 'reduce',
  });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => expect.unreachable(error.stack));
  page.on('console', (message) => expect(message.text()).not.toContain('Content Security Policy'));
  return page;
}

/** Signs in on the page where one is. */
export async function signIn(page: Page, email: string, { account }: Words): Promise<void> {
  await page.getByLabel(account!.email!).fill(email);
  await page.getByLabel(account!.password!, { exact: false }).first().fill(password);
  await page.getByRole('button', { name: account!.enter!, exact: true }).click();
}

/** Looks at the page as it is: nothing that keeps anybody out, nothing wider than the screen, and a picture to be looked at. */
export async function look(page: Page, name: string, { width, theme, language }: Look): Promise<void> {
  await page.waitForLoadState('networkidle');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), name).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(width);
  expect(await page.evaluate(smallTargets), name).toEqual([]);
  // The whole page at once, with what is fixed to the screen where it ends.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, heights[width]) });
  await page.screenshot({ path: `${screens}/${name}-${width}-${theme}-${language}.png` });
  await page.setViewportSize({ width, height: heights[width] });
}

/** What can be tapped and is lower than 44 pixels; links within a text are as high as it. */
function smallTargets(): string[] {
  return [...document.querySelectorAll('a, button, select, input, summary')]
    .filter((target) => target.getClientRects().length > 0 && !target.matches('p a, h3 a, [href="#page"]'))
    .filter((target) => target.getBoundingClientRect().height < 43.5)
    .map((target) => target.outerHTML.slice(0, 120));
}
