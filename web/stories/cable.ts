import { connect, createServer, type Socket } from 'node:net';
import { inject, onTestFinished } from 'vitest';

/**
 * A connection to the hub that can be cut for everybody at once, the service worker included; until it is restored nobody gets
 * through.
 */
export async function cable() {
  const { hostname, port } = new URL(inject('hub').url);
  const ends = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return near.destroy();
    const far = connect(Number(port), hostname);
    for (const [end, other] of [[near, far], [far, near]] as const) {
      ends.add(end);
      end.on('error', () => other.destroy()).on('close', () => ends.delete(end)).pipe(other);
    }
  });
  await new Promise<void>((listening) => server.listen(0, hostname, listening));
  onTestFinished(() => void server.close());
  return {
    url: `http://${hostname}:${(server.address() as { port: number }).port}`,
    cut() {
      whole = false;
      ends.forEach((end) => end.destroy());
    },
    mend() {
      whole = true;
    },
  };
}
