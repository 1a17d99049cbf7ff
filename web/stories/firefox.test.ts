import { execFileSync } from 'node:child_process';
import puppeteer, { type Page } from 'puppeteer-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { password, words } from './browser';

const t = words('ru');

/** The path of Firefox; empty if it is not installed. */
const program = execFileSync('sh', ['-c', 'command -v firefox-esr || command -v firefox || true'], { encoding: 'utf8' }).trim();
if (!program) console.warn('The story in Firefox is left out: there is no firefox-esr or firefox here.');

test.skipIf(!program)('a volunteer signs in, looks for a task, signs up and sees it, in Firefox', async () => {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: program, headless: true, extraPrefsFirefox: { 'intl.accept_languages': 'ru' } });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  const broken: unknown[] = [];
  page.on('pageerror', (error) => broken.push(error));
  const { url } = inject('hub');

  await page.goto(`${url}/sign-in?next=%2Ftasks`);
  await page.locator('input[name=email]').fill('ngo-lead-1@example.org');
  await page.locator('input[name=password]').fill(password);
  await tap(page, 'button', t.account!.enter!);
  await tap(page, 'button', t.tasks!.mine!);
  await tap(page, 'button', t.tasks!.free!);
  await page.waitForFunction(() => location.search === '?mine=&free=');
  await page.waitForFunction(() => !document.querySelector('main [aria-busy=true]'));
  await page.locator('main li h3 a').click();
  await tap(page, 'button', t.Action!.SIGN_UP!);
  await seen(page, t.SignupState!.CONFIRMED!);
  const title = await page.$eval('h1', (heading) => heading.textContent);
  await tap(page, 'link', t.shell!.me!);
  await seen(page, t.me!.coming!);
  await tap(page, 'link', title);
  await seen(page, t.task!.shifts!);
  expect(broken).toEqual([]);
});

const tap = (page: Page, role: 'button' | 'link', name: string) => page.locator(`::-p-xpath(//${role === 'link' ? 'a' : 'button'}[normalize-space(.)="${name}"])`).click();
const seen = (page: Page, text: string) => page.locator(`::-p-text(${text})`).wait();
