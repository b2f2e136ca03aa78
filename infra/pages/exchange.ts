import { joined } from "../../lambdas/console/model/bytes.ts";

/**
 * The viewer's side of `POST /console/exchange` (lambdas/console/exchange-console.ts). It is made of what
 * browsers and Node both have, for the page and for whatever else carries a viewer's bytes.
 */
export interface Exchange {
  /** Goes out with the next request: at once, or when the one under way is answered. */
  send(bytes: Uint8Array): void;
  /** Asks now what is new. */
  look(): void;
  /** While nobody looks on, only what is sent goes out. */
  rest(isResting: boolean): void;
  close(): void;
}

export interface Exchanging {
  readonly url: string;
  /** The console's: asked for by the first request, and not again. */
  readonly token: string;
  received(bytes: Uint8Array<ArrayBuffer>): void;
  /** The server will hear no more of it, and said so by this status. */
  ended(status: number): void;
  /** Requests go unanswered, or are answered again. */
  stalled?(isStalled: boolean): void;
  readonly fetch?: typeof fetch;
  readonly pace?: Pace;
}

/** Milliseconds. Each wait is longer than the one before, until something happens. */
export interface Pace {
  readonly poll: { readonly first: number; readonly last: number };
  readonly retry: { readonly first: number; readonly last: number };
  /** How long an answer is waited for; a function has ten seconds. */
  readonly patience: number;
}

export const usualPace: Pace = {
  poll: { first: 500, last: 10_000 },
  retry: { first: 250, last: 8_000 },
  patience: 15_000,
};

/** Statuses that a gateway or a busy table gives: what was asked may be asked again. */
const passing = new Set([429, 502, 503, 504]);

const longer = (wait: number, { last }: Pace["poll"]) => Math.min(wait * 1.5, last);

/**
 * One exchange is under way at a time: that is what keeps the bytes in order. What is sent meanwhile is
 * joined. A message whose answer did not come goes out again under its number, which does nothing twice.
 */
export function exchange(asked: Exchanging): Exchange {
  const { url, token, received, ended, stalled, fetch: ask = fetch, pace = usualPace } = asked;
  const viewer = crypto.randomUUID();
  const closing = new AbortController();
  const { signal } = closing;
  let credential = token;
  let seen = "0";
  let isStalled = false;
  let isResting = false;
  const waiting: Uint8Array[] = [];
  let wake = () => {};

  /** The answer's bytes; null where there is none, or none that counts. */
  async function answerTo(
    number: number,
    body: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const answer = await ask(url, {
        method: "POST",
        body,
        cache: "no-store",
        signal: AbortSignal.any([signal, AbortSignal.timeout(pace.patience)]),
        headers: {
          "content-type": "application/octet-stream",
          authorization: `Bearer ${credential}`,
          "x-console-viewer": viewer,
          "x-console-message": String(number),
          "x-console-seen": seen,
        },
      });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (passing.has(answer.status)) return null;
      if (!answer.ok) return over(answer.status);
      credential = answer.headers.get("x-console-session") ?? credential;
      seen = answer.headers.get("x-console-seen") ?? seen;
      return bytes;
    } catch {
      return null;
    }
  }

  function over(status: number): null {
    if (signal.aborted) return null;
    closing.abort();
    ended(status);
    return null;
  }

  function stall(now: boolean) {
    if (now === isStalled || signal.aborted) return;
    isStalled = now;
    stalled?.(now);
  }

  /** A wait that closing ends, and `wake` where something may be done before its end. */
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
    let wait = pace.poll.first;
    // the first message is empty: the server has the first word
    for (let taken = 0; !signal.aborted; ) {
      const bytes = joined(waiting.splice(0, fitting(waiting)));
      const isMessage = taken === 0 || bytes.length > 0;
      let answer = await answerTo(isMessage ? taken + 1 : 0, bytes);
      let retry = pace.retry.first;
      while (isMessage && !answer && !signal.aborted) {
        stall(true);
        await pause(retry, false);
        retry = longer(retry, pace.retry);
        if (!signal.aborted) answer = await answerTo(taken + 1, bytes);
      }
      if (signal.aborted) return;
      stall(answer === null);
      if (isMessage) taken++;
      if (answer && answer.length > 0) received(answer);
      const isNew = isMessage || (answer !== null && answer.length > 0);
      wait = isNew ? pace.poll.first : longer(wait, pace.poll);
      if (waiting.length === 0) await pause(isResting ? Infinity : wait, true);
    }
  }

  // whoever opens it has it in hand before it hears of it
  queueMicrotask(run);
  return {
    send(bytes) {
      waiting.push(bytes.slice());
      wake();
    },
    look: () => wake(),
    rest(now) {
      isResting = now;
      if (!now) wake();
    },
    close: () => closing.abort(),
  };
}

/** Bytes of a message, which a function takes 65,536 of. */
const largest = 32_768;

/** How many of the parts go out together: all, but for a long paste. */
function fitting(parts: readonly Uint8Array[]): number {
  let size = 0;
  for (const [i, { length }] of parts.entries()) {
    size += length;
    if (size > largest && i > 0) return i;
  }
  return parts.length;
}
