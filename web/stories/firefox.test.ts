import { execFileSync } from 'node:child_process';
import { firefox } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { signIn, words } from './browser';

const t = words('ru');

/** The path of Firefox; empty if it is not installed. */
const program = execFileSync('sh', ['-c', 'command -v firefox-esr || command -v firefox || true'], { encoding: 'utf8' }).trim();

/** The driver speaks to this one and newer ones; 140, the ESR before it, lacks commands that the driver sends. */
const oldest = 153;
const version = program ? Number(/\d+/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))) : 0;
if (version < oldest) console.warn(`The story in Firefox is left out: there is no Firefox here, or one older than ${oldest}. Debian's security updates have one.`);

test.skipIf(version < oldest)('a volunteer signs in, looks for a task, signs up and sees it, in Firefox', async () => {
  // The channel is that of a Firefox without patches, which is driven by WebDriver BiDi.
  const browser = await firefox.launch({ channel: 'moz-firefox', executablePath: program, firefoxUserPrefs: { 'intl.accept_languages': 'ru' } });
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ baseURL: inject('hub').url });
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => expect.unreachable(error.stack));
  const tap = (role: 'button' | 'link', name: string) => page.getByRole(role, { name, exact: true }).first().click();

  await page.goto('/sign-in?next=%2Ftasks');
  await signIn(page, 'ngo-lead-1@example.org', t);
  await tap('button', t.tasks!.mine!);
  await tap('button', t.tasks!.free!);
  await page.waitForURL('/tasks?mine=&free=');
  await expect.poll(() => page.locator('main [aria-busy=true]').count()).toBe(0);
  await page.locator('main li h3 a').first().click();
  await tap('button', t.Action!.SIGN_UP!);
  await page.getByText(t.SignupState!.CONFIRMED!).first().waitFor();
  const title = await page.getByRole('heading', { level: 1 }).innerText();
  await tap('link', t.shell!.me!);
  await page.getByText(t.me!.coming!).first().waitFor();
  await tap('link', title);
  await page.getByText(t.task!.shifts!).first().waitFor();
});
