// What the page of tasks costs a cheap phone: Chromium with a processor four times slower, over "slow 4G". Prints the medians of
// several runs in Markdown, and fails if one is over its budget. `make bench-web`; BENCH_RUNS is the number of runs.
import { statSync } from 'node:fs';
import { calmOf, chromiumOf, hubOf } from './hub.mjs';

const runs = Number(process.env.BENCH_RUNS ?? 5);
const wanted = 200;

/** Slow 4G: bytes a second, and milliseconds for a round trip. */
const network = { offline: false, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8, latency: 150 };

const budgets = { 'JavaScript of the first route, KB gzip': 165, 'largest contentful paint, ms': 2500, 'interaction to next paint, ms': 200 };

const hub = await hubOf(false);
const browser = await chromiumOf();
try {
  const measured = [];
  for (let run = 0; run < runs; run++) measured.push(await measure());
  report(measured);
} finally {
  await browser.close();
  await hub.stop();
}

/** One first visit. */
async function measure() {
  const context = await browser.newContext({ baseURL: hub.url, viewport: { width: 360, height: 760 }, locale: 'kk', hasTouch: true, isMobile: true });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', network);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(watch);
  const scripts = new Set();
  page.on('response', (answer) => answer.url().endsWith('.js') && scripts.add(new URL(answer.url()).pathname));
  const calm = calmOf(page);

  await page.goto('/tasks');
  await page.locator('main li h3').first().waitFor();
  const kilobytes = [...scripts].reduce((sum, name) => sum + statSync(`dist/app${name}.gz`).size, 0) / 1024;
  await calm();
  const paint = await page.evaluate(() => globalThis.seen.paint);

  // What comes near the screen is laid out then: somebody who taps has seen where.
  const tap = async (place) => {
    await place.scrollIntoViewIfNeeded();
    await calm();
    await place.tap();
  };
  const interactions = {};
  const timed = async (name, act) => {
    await page.evaluate(() => (globalThis.seen.interactions = []));
    await act();
    await calm();
    interactions[name] = Math.max(interactions[name] ?? 0, ...(await page.evaluate(() => globalThis.seen.interactions)));
  };
  const tasks = page.locator('main li h3');
  const more = page.locator('main > button');
  const [, free] = await page.locator('search button').all();
  for (let listed = await tasks.count(); listed < wanted; listed = await tasks.count()) {
    if (!(await more.isVisible())) throw new Error("The shifts of the generated city are in the past: delete .data/bench and start again.");
    const last = listed + 20 >= wanted;
    await timed(last ? 'more tasks' : 'before', async () => {
      await tap(more);
      await page.waitForFunction((before) => document.querySelectorAll('main li h3').length > before, listed);
    });
  }
  const all = await tasks.count();
  await timed('a letter in the search', async () => {
    await tap(page.locator('main summary'));
    await page.locator('input[type=search]').pressSequentially('а');
  });
  await timed('a letter less', () => page.locator('input[type=search]').press('Backspace'));
  await timed('another order', async () => {
    await page.locator('search select').last().selectOption('NEWEST');
    await tap(free);
    await tasks.first().waitFor();
  });
  await page.locator('search select').last().selectOption('SOONEST');
  await tap(free);
  await page.waitForURL(/tasks$/);
  await page.waitForFunction((before) => document.querySelectorAll('main li h3').length >= before, all);
  await timed('free seats alone', () => tap(free));
  await timed('all again', () => tap(free));
  await page.waitForFunction((before) => document.querySelectorAll('main li h3').length >= before, all);
  await timed('a task', async () => {
    await tap(page.locator('main li h3 a').nth(3));
    await page.waitForURL(/tasks\/./);
  });
  await context.close();
  delete interactions.before;
  return { kilobytes, paint, interactions, all };
}

/** Records the largest paint and how long each interaction waited for its next paint. */
function watch() {
  globalThis.seen = { paint: 0, interactions: [] };
  const observe = (options, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ buffered: true, ...options });
  observe({ type: 'largest-contentful-paint' }, ({ startTime }) => (globalThis.seen.paint = startTime));
  observe({ type: 'event', durationThreshold: 16 }, ({ interactionId, duration }) => interactionId && globalThis.seen.interactions.push(duration));
}

function report(measured) {
  const [javascript, paint, interaction] = Object.keys(budgets);
  const rows = [
    [javascript, measured.map(({ kilobytes }) => kilobytes)],
    [paint, measured.map((one) => one.paint)],
    [interaction, measured.map(({ interactions }) => Math.max(...Object.values(interactions)))],
  ];
  const parts = Object.keys(measured[0].interactions).map((name) => [`– ${name}`, measured.map(({ interactions }) => interactions[name])]);
  console.log(`City of full size, ${measured[0].all} tasks listed, ${runs} runs\n`);
  console.log('| | median | lowest | highest | budget |\n|---|---|---|---|---|');
  for (const [name, values] of [...rows, ...parts]) {
    const sorted = values.toSorted((a, b) => a - b);
    const shown = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)].map(Math.round);
    console.log(`| ${name} | ${shown.join(' | ')} | ${budgets[name] ?? ''} |`);
    if (shown[0] > budgets[name]) process.exitCode = 1;
  }
}
