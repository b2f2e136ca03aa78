import { concatBytes } from "../../lambdas/console/model/bytes.ts";

/**
 * The client of `POST /console/exchange` (lambdas/console/exchange-console.ts), for browsers and
 * Node.
 */
export interface ExchangeClient {
  /** Queues bytes for the next request. */
  send(bytes: Uint8Array): void;
  /** Requests an update now. */
  poll(): void;
  /** While idle, only input is sent. */
  setIdle(isResting: boolean): void;
  close(): void;
}

export interface ExchangeOptions {
  readonly url: string;
  /** The console token, used by the first request only. */
  readonly token: string;
  onReceived(bytes: Uint8Array<ArrayBuffer>): void;
  /** The exchange ended with this status. */
  onEnded(status: number): void;
  /** Requests fail, or succeed again. */
  onStalled?(isStalled: boolean): void;
  readonly fetch?: typeof fetch;
  readonly timing?: ExchangeTiming;
}

/** Milliseconds. Each wait without activity is longer than the previous one. */
export interface ExchangeTiming {
  readonly pollMs: { readonly first: number; readonly last: number };
  readonly retryMs: { readonly first: number; readonly last: number };
  /** Milliseconds until a request is given up; a function has ten seconds. */
  readonly timeoutMs: number;
}

export const defaultTiming: ExchangeTiming = {
  pollMs: { first: 500, last: 10_000 },
  retryMs: { first: 250, last: 8_000 },
  timeoutMs: 15_000,
};

/** Statuses of gateways or a busy table: the request may be repeated. */
const transientStatuses = new Set([429, 502, 503, 504]);

const nextWaitMs = (wait: number, { last }: ExchangeTiming["pollMs"]) => Math.min(wait * 1.5, last);

/**
 * One exchange is in flight at a time, which keeps bytes in order; input in between is joined. A
 * message without a response is repeated with its number, which the server handles once.
 */
export function openExchange(options: ExchangeOptions): ExchangeClient {
  const {
    url,
    token,
    onReceived,
    onEnded,
    onStalled,
    fetch: ask = fetch,
    timing = defaultTiming,
  } = options;
  const viewer = crypto.randomUUID();
  const closing = new AbortController();
  const { signal } = closing;
  let credential = token;
  let seenVersion = "0";
  let isStalled = false;
  let isIdle = false;
  const waiting: Uint8Array[] = [];
  let wake = () => {};

  /** The response's bytes; null for none, or for an outdated response. */
  async function postMessage(
    number: number,
    body: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const response = await ask(url, {
        method: "POST",
        body,
        cache: "no-store",
        signal: AbortSignal.any([signal, AbortSignal.timeout(timing.timeoutMs)]),
        headers: {
          "content-type": "application/octet-stream",
          authorization: `Bearer ${credential}`,
          "x-console-viewer": viewer,
          "x-console-message": String(number),
          "x-console-seen": seenVersion,
        },
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (transientStatuses.has(response.status)) return null;
      if (!response.ok) return endExchange(response.status);
      credential = response.headers.get("x-console-session") ?? credential;
      seenVersion = response.headers.get("x-console-seen") ?? seenVersion;
      return bytes;
    } catch {
      return null;
    }
  }

  function endExchange(status: number): null {
    if (signal.aborted) return null;
    closing.abort();
    onEnded(status);
    return null;
  }

  function setStalled(now: boolean) {
    if (now === isStalled || signal.aborted) return;
    isStalled = now;
    onStalled?.(now);
  }

  /** A wait that `close` ends, and `wake` shortens. */
  const pause = (milliseconds: number, canWake: boolean) =>
    new Promise<void>((done) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        wake = () => {};
        done();
      };
      const timer = milliseconds === Infinity ? undefined : setTimeout(end, milliseconds);
      signal.addEventListener("abort", end);
      if (canWake) wake = end;
    });

  async function run() {
    let wait = timing.pollMs.first;
    // the first message is empty, because the server speaks first
    for (let acknowledged = 0; !signal.aborted; ) {
      const bytes = concatBytes(waiting.splice(0, countFitting(waiting)));
      const isMessage = acknowledged === 0 || bytes.length > 0;
      let response = await postMessage(isMessage ? acknowledged + 1 : 0, bytes);
      let retry = timing.retryMs.first;
      while (isMessage && !response && !signal.aborted) {
        setStalled(true);
        await pause(retry, false);
        retry = nextWaitMs(retry, timing.retryMs);
        if (!signal.aborted) response = await postMessage(acknowledged + 1, bytes);
      }
      if (signal.aborted) return;
      setStalled(response === null);
      if (isMessage) acknowledged++;
      if (response && response.length > 0) onReceived(response);
      const isNew = isMessage || (response !== null && response.length > 0);
      wait = isNew ? timing.pollMs.first : nextWaitMs(wait, timing.pollMs);
      if (waiting.length === 0) await pause(isIdle ? Infinity : wait, true);
    }
  }

  // the caller has the link before its first event
  queueMicrotask(run);
  return {
    send(bytes) {
      waiting.push(bytes.slice());
      wake();
    },
    poll: () => wake(),
    setIdle(now) {
      isIdle = now;
      if (!now) wake();
    },
    close: () => closing.abort(),
  };
}

/** Bytes per message: a function accepts 65,536. */
const maxRequestBytes = 32_768;

/** The number of parts that fit into one message. */
function countFitting(parts: readonly Uint8Array[]): number {
  let size = 0;
  for (const [i, { length }] of parts.entries()) {
    size += length;
    if (size > maxRequestBytes && i > 0) return i;
  }
  return parts.length;
}
