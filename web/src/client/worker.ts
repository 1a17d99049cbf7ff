/** Milliseconds that belong to the page alone: what the service worker loads comes after. */
const later = 3000;

/** Lets the service worker of this build take care of the app's files. There is none while developing, and none over plain http. */
export function startWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  setTimeout(() => void navigator.serviceWorker.register('/worker.js', { updateViaCache: 'none' }).catch(() => {}), later);
}
