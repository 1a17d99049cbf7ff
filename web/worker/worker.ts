/**
 * The app's service worker: where the hub cannot be reached, it answers with the app's shell as this build has it. It keeps files
 * of the app alone, the same for everybody; what the hub answers to questions never comes by here.
 */
declare const self: ServiceWorkerGlobalScope;

/** What the build has, by build/worker.ts: the name of its cache, the script index.html begins with, what the shell needs, and the app's paths. */
declare const __SHELL__: { cache: string; entry: string; files: string[]; pages: string };

const { cache, entry, files, pages } = __SHELL__;
const page = new RegExp(pages);

/** A hub that has not begun to answer by then is as good as none, where there is a shell. */
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

/** All of the shell or nothing: a hub that has another build by now is asked again at the next visit. */
async function install(): Promise<void> {
  const first = await fetch('/', { cache: 'no-cache' });
  if (!first.ok || !(await first.clone().text()).includes(entry)) throw new Error('the hub has another build');
  const shell = await caches.open(cache);
  await shell.addAll(files);
  await shell.put('/', first);
  await self.skipWaiting();
}

/** Pages of the build before go on; what they lack by then they find out themselves, and load anew. */
async function takeOver(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name !== cache);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** A page comes from the hub, so that it is never older; from the shell where the hub does not answer. */
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
