import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Look, look, open, settled, signIn, streams, words } from './browser';
import { newcomer, newest, newPassword, type Task, taskWith } from './newcomer';

const phone: Look = { width: 360, theme: 'light', language: 'ru' };
const desk: Look = { width: 1280, theme: 'dark', language: 'kk' };

/** Changes a task in the answers that the page gets. */
async function disguise(page: Page, change: (task: Task) => void): Promise<void> {
  await page.route('**/graphql', async (route) => {
    if (streams(route.request())) return route.abort(); // it would show the real state
    if (!route.request().postData()?.includes('"operationName":"Task"')) return route.continue();
    const answer = await route.fetch();
    const json = (await answer.json()) as { data: { task: Task } };
    change(json.data.task);
    return route.fulfill({ response: answer, json });
  });
}

test('somebody who taps a seat that was just taken is put on the waiting list, and told so', async () => {
  const t = words(phone.language);
  const page = await newcomer(phone);
  const { task, shift } = await taskWith(page, ({ seats, waiting }) => seats.free === 0 && waiting > 0);
  await disguise(page, ({ shifts }) => {
    const full = shifts.nodes.find(({ id }) => id === shift.id)!;
    Object.assign(full, { waiting: 0, seats: { ...full.seats, free: 1 } });
  });
  await page.goto(`/tasks/${task.id}`);
  const row = page.locator(`[id="${shift.id}"]`);
  await row.getByRole('button', { name: t.Action!.SIGN_UP!, exact: true }).click();
  await row.getByText(t.shift!.filled!).waitFor();
  await row.getByText(t.signup!.position!.replace('{{position}}', String(shift.waiting + 1))).waitFor();
  await look(page, 'task-filled', phone);
});

test('a task that vanishes while it is looked at says so', async () => {
  const t = words(desk.language);
  const page = await newcomer(desk);
  const { task, shift } = await taskWith(page, ({ seats }) => seats.free > 0);
  const nowhere = '019a0000-0000-7000-8000-000000000000';
  await page.goto(`/tasks/${task.id}`);
  const button = page.locator(`[id="${shift.id}"]`).getByRole('button', { name: t.Action!.SIGN_UP!, exact: true });
  await button.waitFor();
  await page.route('**/graphql', (route) => route.continue({ postData: route.request().postData()?.replaceAll(shift.id, nowhere).replaceAll(task.id, nowhere) }));
  await button.click();
  await page.getByRole('alert').getByText(t.Code!.NOT_FOUND!).waitFor();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.reload();
  await page.getByText(t.missing!.gone!).waitFor();
});

test('a session that was ended elsewhere leads to the sign-in page, and back', async () => {
  const t = words(phone.language);
  const here = await newcomer(phone);
  const elsewhere = await open(desk);
  await elsewhere.goto('/sign-in');
  await signIn(elsewhere, newest, words(desk.language), newPassword);
  const there = words(desk.language);
  await elsewhere.getByRole('button', { name: there.me!.signOutEverywhere! }).click();
  await elsewhere.getByRole('heading', { name: there.home!.title! }).waitFor();

  await here.getByRole('link', { name: t.shell!.home! }).click();
  await here.getByRole('link', { name: t.shell!.me! }).click();
  await here.getByText(t.account!.signInFirst!).waitFor();
  await signIn(here, newest, t, newPassword);
  await here.getByRole('heading', { name: t.me!.coming! }).waitFor();
});

test('an error in one part does not affect the rest of the page', async () => {
  const t = words(phone.language);
  const page = await newcomer(phone);
  const { task, shift } = await taskWith(page, ({ seats }) => seats.free > 0);
  await disguise(page, (shown) => Object.assign(shown, { createdAt: 'never' }));
  await page.goto(`/tasks/${task.id}`);
  await page.getByRole('heading', { name: t.states!.broken! }).waitFor();
  await look(page, 'task-broken', phone);
  await page.locator(`[id="${shift.id}"]`).getByRole('button', { name: t.Action!.SIGN_UP! }).click();
  await page.getByText(t.SignupState!.CONFIRMED!).waitFor();
});

test('a page that cannot be loaded says so, and others are not affected', async () => {
  const t = words(phone.language);
  const page = await open(phone);
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  await page.route('**/assets/**', (route) => route.abort('connectionreset'));
  await page.getByRole('link', { name: t.shell!.ngos! }).click();
  await page.getByText(t.states!.notLoaded!).waitFor();
  await look(page, 'page-not-loaded', phone);
  await page.getByRole('link', { name: t.shell!.home! }).click();
  await page.getByRole('heading', { name: t.home!.title! }).waitFor();
  await page.unroute('**/assets/**');
  await page.getByRole('link', { name: t.shell!.ngos! }).click();
  await page.getByRole('button', { name: t.states!.reload! }).click();
  await page.getByRole('heading', { name: t.ngos!.title!, level: 1 }).waitFor();
});

test('an app whose files were replaced is reloaded, once', async () => {
  const t = words(desk.language);
  const page = await open(desk);
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  let loads = 0;
  page.on('request', (request) => request.isNavigationRequest() && loads++);
  await page.route('**/assets/**', (route) => (loads === 0 ? route.fulfill({ status: 404 }) : route.continue()));
  await page.route(new URL('/', page.url()).href, (route) => route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/assets/index-newer.js"></script>' }));
  await page.getByRole('link', { name: t.shell!.ngos! }).click();
  await page.getByRole('heading', { name: t.ngos!.title!, level: 1 }).waitFor();
  expect(loads).toBe(1);

  // If the files are missing after that as well, it says so instead of reloading for ever.
  await page.route('**/assets/**', (route) => route.fulfill({ status: 404 }));
  await page.getByRole('link', { name: t.shell!.tasks! }).click();
  await page.getByText(t.states!.notLoaded!).waitFor();
  expect(loads).toBe(1);
});

test('on a slow network the page says that it loads, and two taps sign up once', async () => {
  const t = words(phone.language);
  const page = await newcomer(phone);
  const { task, shift } = await taskWith(page, ({ seats }) => seats.free > 0);
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
  const keys: string[] = [];
  page.on('request', (request) => {
    const key = request.headers()['idempotency-key'];
    if (key) keys.push(key);
  });
  await page.goto(`/tasks/${task.id}`, { waitUntil: 'commit' });
  await page.getByRole('status').getByText(t.states!.loading!).waitFor({ state: 'attached' });
  const row = page.locator(`[id="${shift.id}"]`);
  const button = row.getByRole('button', { name: t.Action!.SIGN_UP! });
  await button.dblclick();
  await expect.poll(() => button.getAttribute('aria-busy')).toBe('true');
  await row.getByText(t.SignupState!.CONFIRMED!).waitFor();
  expect(keys).toHaveLength(1);
});

test('on a slow phone no letter is lost, and no tap', async () => {
  const t = words(desk.language);
  const page = await open(desk);
  await page.goto('/tasks');
  await page.getByRole('listitem').first().waitFor();
  const processor = await page.context().newCDPSession(page);
  await processor.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  const field = page.getByRole('searchbox', { name: t.tasks!.by!.text! });
  await field.pressSequentially('парк');
  await expect.poll(() => new URL(page.url()).searchParams.get('text')).toBe('парк');
  await expect.poll(() => field.evaluate((found) => found === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: t.tasks!.free!, exact: true }).click();
  await page.getByLabel(t.tasks!.by!.order!).selectOption('NEWEST');
  await expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ text: 'парк', free: '', order: 'NEWEST' });
  await expect.poll(() => field.inputValue()).toBe('парк');
});
