import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Look, open, settled, take } from './browser';

const patterns = Object.values(JSON.parse(readFileSync('src/paths.json', 'utf8')) as Record<string, string>);
const patternOf = (path: string) => patterns.find((pattern) => !pattern.includes(':') && pattern === path) ?? patterns.find((pattern) => new RegExp(`^${pattern.replace(/:\w+/g, '[^/.]+')}$`).test(path));

/** Where each kind of person begins, and pages to which there is no link. */
const people: [email: string | undefined, begin: string[]][] = [
  [undefined, ['/', '/sign-in', '/register', '/forgot-password', '/verify-email#token=x', '/reset-password#token=x', '/invitation', '/search?text=тазалау', '/certificates', '/certificates/JH-2026-0000', '/proposals', '/decisions/1']],
  ['volunteer-1@example.org', ['/me', '/notices', '/propose', '/me/record']],
  ['lead-1@example.org', ['/desk']],
  ['ngo-lead-1@example.org', ['/desk']],
  ['coordinator-1@example.org', ['/desk']],
  ['officer-1@example.org', ['/desk/city']],
];

/** What is wider than the screen. */
const wider = (page: Page) =>
  page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    return [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5).map((element) => element.outerHTML.slice(0, 160));
  });

const overPaper = (page: Page) => page.locator('header, nav, button, search').filter({ visible: true }).count();

const seen = new Set<string>();

/** Whether only pictures of the pages are taken, in each language: `make texts`. */
const toRead = Boolean(process.env.HUB_STORIES_TEXTS);

test.each(people.map(([email, begin]) => ({ who: email ?? 'a visitor', email, begin })))('the pages of $who have room on 320 pixels and with the text twice as large, and print without ways', { timeout: toRead ? 1_200_000 : 300_000 }, async ({ email, begin }) => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const page = await open(here, email);
  const devtools = await page.context().newCDPSession(page);
  const queue = [...begin];
  const visited = new Set<string>();
  for (let path = queue.shift(); path; path = queue.shift()) {
    const pattern = patternOf(path.split(/[?#]/)[0]!);
    if (!pattern || (seen.has(pattern) && !begin.includes(path)) || visited.has(path)) continue;
    seen.add(pattern);
    visited.add(path);
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    queue.push(...(await page.locator('a[href^="/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')!))));
    if (pattern === '/desk/shifts/:id') queue.push(`${path}/check-in`, `${path}/hours`, path.replace('/desk/shifts', '/check-in'));
    if (toRead) {
      await take(page, [email?.split('@')[0] ?? 'visitor', ...pattern.split(/[/:]+/)].filter(Boolean).join('.'), here);
      continue;
    }
    await page.setViewportSize({ width: 320, height: 640 });
    expect.soft(await wider(page), `${path} at 320`).toEqual([]);
    await page.setViewportSize({ width: 360, height: 760 });
    await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
    expect.soft(await wider(page), `${path} at 200 %`).toEqual([]);
    await devtools.send('Page.setFontSizes', { fontSizes: { standard: 16 } });
    await page.emulateMedia({ media: 'print' });
    expect.soft(await overPaper(page), `${path} on paper`).toBe(0);
    await page.emulateMedia({ media: 'screen' });
  }
});

test('no page was left out', () => {
  expect(patterns.filter((pattern) => !seen.has(pattern))).toEqual([]);
});
