/** Milliseconds in which only the page may load: the service worker loads its files afterwards. */
const later = 3000;

/** Lets the service worker of this build serve the app's files. There is none in development, and none over plain http. */
export function startWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  setTimeout(() => void navigator.serviceWorker.register('/worker.js', { updateViaCache: 'none' }).catch(() => {}), later);
}
