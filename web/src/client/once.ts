/**
 * Makes sure that an action is done once: a second tap while it runs waits for the first, and a retry after a lost answer has the
 * same idempotency key.
 */
export class Once {
  readonly #keys = new Map<string, string>();
  readonly #running = new Map<string, Promise<unknown>>();

  /** Runs send with the key of the action. answered reports whether the hub has answered. */
  run<Answer>(what: string, send: (key: string) => Promise<Answer>, answered: (answer: Answer) => boolean): Promise<Answer> {
    const running = this.#running.get(what);
    if (running) return running as Promise<Answer>;
    const key = this.#keys.get(what) ?? newKey();
    this.#keys.set(what, key);
    const sent = send(key)
      .then((answer) => {
        if (answered(answer)) this.#keys.delete(what);
        return answer;
      })
      .finally(() => this.#running.delete(what));
    this.#running.set(what, sent);
    return sent;
  }
}

/** 128 random bits; crypto.randomUUID is missing if the hub is reached over plain http. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
