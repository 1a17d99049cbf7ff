import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Look, open, sayYes, streams, words } from './browser';
import { newcomer, taskWith } from './newcomer';

const phone: Look = { width: 360, theme: 'dark', language: 'kk' };

/** The operations that a page sends from now on. */
function sentBy(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => sent.push(...(/"operationName":"(\w+)"/.exec(request.postData() ?? '')?.slice(1) ?? [])));
  return sent;
}

test('seats change while somebody looks at them, and nothing is read again', async () => {
  const t = words(phone.language);
  const page = await newcomer(phone);
  const { task, shift } = await taskWith(page, ({ seats, waiting }) => seats.free > 1 && waiting === 0);
  const visitor = await open(phone);
  const sent = sentBy(visitor);
  const free = (count: number) =>
    visitor.locator(`[id="${shift.id}"]`).getByText(t.seats![count === 1 ? 'free_one' : 'free_other']!.replace('{{count}}', String(count)).replace('{{capacity}}', String(shift.seats.capacity)));
  await visitor.goto(`/tasks/${task.id}`);
  await free(shift.seats.free).waitFor();
  await expect.poll(() => sent).toContain('TaskSeatsLive');
  await page.goto(`/tasks/${task.id}`);
  await page.locator(`[id="${shift.id}"]`).getByRole('button', { name: t.Action!.SIGN_UP! }).click();
  await free(shift.seats.free - 1).waitFor();
  // How many notices are unread is asked once, some time after the first page.
  expect(sent.filter((name) => name !== 'Unread')).toEqual(['Task', 'TaskSeatsLive']);
});

test('what is done in one tab shows in another, even after the stream was interrupted', async () => {
  const t = words(phone.language);
  const here = await newcomer(phone);
  const { task, shift } = await taskWith(here, ({ seats, waiting }) => seats.free > 0 && waiting === 0);
  const there = await here.context().newPage();
  const button = (action: string) => there.locator(`[id="${shift.id}"]`).getByRole('button', { name: t.Action![action]! });
  await there.goto(`/tasks/${task.id}`);
  await button('SIGN_UP').click();
  await here.getByRole('button', { name: t.Action!.CANCEL_SIGNUP! }).waitFor();

  let cut = 0;
  await here.route('**/graphql', (route) => (streams(route.request()) && cut++ === 0 ? route.abort('connectionreset') : route.continue()));
  await here.reload();
  await expect.poll(() => cut).toBeGreaterThan(1);
  await button('CANCEL_SIGNUP').click();
  await sayYes(there, t);
  await here.getByText(t.me!.noneComing!).waitFor();
});
