import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const fullSize = '../.data/bench';

/** A hub of its own: on a new demo city, or on the full-size city that `go run ./bench -city` makes. */
export async function hubOf(demo) {
  const folder = demo ? mkdtempSync(join(tmpdir(), 'hub-bench-')) : fullSize;
  const env = { ...process.env, HUB_ADDR: '127.0.0.1:0', HUB_DATA_DIR: folder, HUB_DATABASE_URL: '', HUB_ENV: 'development', HUB_STOP_DELAY: '0s' };
  const running = spawn('../bin/hub', demo ? ['serve', '--demo'] : ['serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => running.once('exit', resolve));
  const stop = async () => {
    running.kill('SIGTERM');
    await ended;
    if (demo) rmSync(folder, { recursive: true, force: true });
  };
  return { url: await served(running.stderr), stop };
}

async function served(log) {
  const said = [];
  for await (const line of createInterface({ input: log })) {
    said.push(line);
    const [, url] = line.match(/msg=serving url=(\S+)/) ?? [];
    if (!url) continue;
    log.resume();
    return url;
  }
  throw new Error(`The hub stopped:\n${said.join('\n')}`);
}

/** The system's Chromium. */
export function chromiumOf() {
  const found = execFileSync('sh', ['-c', 'command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' });
  return chromium.launch({ executablePath: found.trim(), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
}

/** Returns a function that waits until a page has everything that it asked for, except streams, which do not end. */
export function calmOf(page) {
  const underWay = new Set();
  page.on('request', (request) => request.headers().accept?.startsWith('text/event-stream') || underWay.add(request));
  for (const ended of ['requestfinished', 'requestfailed']) page.on(ended, (request) => underWay.delete(request));
  return async () => {
    do await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 500))));
    while (underWay.size > 0);
  };
}
