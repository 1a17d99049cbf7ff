/** Refusals after which the same request may be sent again: nothing was done, or it is not known whether it was. */
const passing = new Set(['BUSY', 'TIMEOUT', 'CONFLICT', 'IDEMPOTENCY_KEY_IN_USE']);

/** Milliseconds before each further attempt. */
const pauses = [400, 1000, 2500, 5000];

/** Milliseconds that an answer may take. */
export const longest = 12_000;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A fetch that tries again over a bad network and, when the hub is busy, after the time that the hub asks for. It is for requests
 * that may be repeated: a query, or a mutation with an idempotency key, which stays the same. Without any network, queries are
 * not repeated, but mutations are.
 */
export function patient(send: typeof fetch = (...args) => fetch(...args), pause = sleep): typeof fetch {
  return async (url, init) => {
    for (const ms of pauses) {
      try {
        const answer = await send(url, limited(init));
        const wait = await waitFor(answer, ms);
        if (!wait) return answer;
        await pause(wait);
      } catch (error) {
        if (init?.signal?.aborted || (!navigator.onLine && !new Headers(init?.headers).has('Idempotency-Key'))) throw error;
        await pause(ms);
      }
    }
    return send(url, limited(init));
  };
}

function limited(init?: RequestInit): RequestInit {
  const timeout = AbortSignal.timeout(longest);
  return { ...init, signal: init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout };
}

/** How long to wait before the next attempt; 0 if the answer is final. */
async function waitFor(answer: Response, ms: number): Promise<number> {
  if (answer.status === 503) return Number(answer.headers.get('Retry-After')) * 1000 || ms;
  if (!answer.ok) return 0;
  const { errors = [] } = (await answer.clone().json()) as { errors?: { extensions?: { code?: string } }[] };
  return errors.some(({ extensions }) => passing.has(extensions?.code ?? '')) ? ms : 0;
}
