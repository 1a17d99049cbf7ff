import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBot } from './bot';
import { type Look, look, open, sayYes, signIn, words } from './browser';
import { startHub } from './hub';

let bot: Awaited<ReturnType<typeof startBot>>;
let hub: Awaited<ReturnType<typeof startHub>>;

beforeAll(async () => {
  bot = await startBot();
  hub = await startHub({ HUB_TELEGRAM_TOKEN: '1:x', HUB_TELEGRAM_URL: bot.url });
}, 120_000);
afterAll(async () => {
  bot.stop();
  await hub.stop();
});

test('a chat is linked with a code, chosen for some topics, and unlinked', async () => {
  const here: Look = { width: 360, theme: 'light', language: 'kk' };
  const t = words(here.language);
  const page = await open(here, undefined, { url: hub.url });
  await page.goto('/sign-in?next=%2Fnotices%2Fsettings');
  await signIn(page, 'adult-1@example.org', t);
  const link = page.getByRole('button', { name: t.notices!.toLink! });
  const way = page.getByRole('link', { name: t.notices!.openBot! });
  // Until the hub has heard from its bot, the page asks again.
  const asks = async () => {
    if (await link.isVisible()) await link.click();
    return way.isVisible();
  };
  await expect.poll(asks, { interval: 1000, timeout: 30_000 }).toBe(true);
  const code = await page.getByText(/^\/start /).innerText();
  await expect.poll(() => way.getAttribute('href')).toBe(`https://t.me/jastar_story_bot?start=${code.split(' ')[1]}`);
  await look(page, 'notice-settings-code', here);

  bot.writes(7, code);
  await expect.poll(() => bot.sent.map(({ chat_id }) => chat_id)).toEqual(['7']);
  const unlink = page.getByRole('button', { name: t.notices!.unlink! });
  await expect.poll(() => page.evaluate(() => void window.dispatchEvent(new Event('focus'))).then(() => unlink.isVisible()), { interval: 1000 }).toBe(true);
  const shifts = page.getByRole('group', { name: t.NoticeTopic!.SHIFTS! }).getByRole('button', { name: t.Channel!.TELEGRAM! });
  await expect.poll(() => shifts.getAttribute('aria-pressed')).toBe('true');
  await shifts.click();
  await expect.poll(() => shifts.getAttribute('aria-pressed')).toBe('false');
  await look(page, 'notice-settings-linked', here);
  await page.reload();
  await shifts.waitFor();
  await expect.poll(() => shifts.getAttribute('aria-pressed')).toBe('false');
  await unlink.click();
  await sayYes(page, t);
  await link.waitFor();
  await shifts.waitFor({ state: 'detached' });
});
