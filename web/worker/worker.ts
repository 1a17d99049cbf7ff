/**
 * The app's service worker: if the hub cannot be reached, it answers with this build's shell of the app. It stores only files of
 * the app, which are the same for everybody; the hub's answers to queries never pass through it.
 */
declare const self: ServiceWorkerGlobalScope;

/**
 * From the build, by build/worker.ts: the name of its cache, the script that index.html begins with, what the shell needs, and
 * the app's paths.
 */
declare const __SHELL__: { cache: string; entry: string; files: string[]; pages: string };

const { cache, entry, files, pages } = __SHELL__;
const page = new RegExp(pages);

/** If there is a shell, a hub that has not begun to answer by then counts as unreachable. */
const patience = 4000;

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin) return;
  if (mode === 'navigate' && page.test(pathname)) event.respondWith(open(event.request));
  else if (pathname.startsWith('/assets/')) event.respondWith(load(event.request));
});

/** All of the shell or nothing: if the hub has another build by now, it is tried again at the next visit. */
async function install(): Promise<void> {
  const first = await fetch('/', { cache: 'no-cache' });
  if (!first.ok || !(await first.clone().text()).includes(entry)) throw new Error('the hub has another build');
  const shell = await caches.open(cache);
  await shell.addAll(files);
  await shell.put('/', first);
  await self.skipWaiting();
}

/** Pages of the previous build stay open; if they need a missing file, they find out themselves and reload. */
async function takeOver(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name !== cache);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** A page comes from the hub, so that it is never outdated; from the shell if the hub does not answer. */
async function open(request: Request): Promise<Response> {
  const shell = await caches.match('/', { cacheName: cache });
  if (!shell) return fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(resolve, patience, shell));
  const asked = fetch(request).then((answer) => (answer.status < 500 ? answer : shell), () => shell);
  return Promise.race([asked, late]);
}

/** A file with a hash in its name never changes: it is loaded once. */
async function load(request: Request): Promise<Response> {
  const shell = await caches.open(cache);
  const kept = await shell.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200) await shell.put(request, answer.clone());
  return answer;
}

export {};
