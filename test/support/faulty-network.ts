import type { ConsoleGrant } from "../../lambdas/compute/model/console-grant.ts";
import type { ConsoleLogLine } from "../../lambdas/compute/model/guest-boot-log.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { concatBytes } from "../../lambdas/console/model/bytes.ts";
import {
  applyKeys,
  connectViewer,
  type ExchangeResult,
  exchangeMessage,
  newConsoleSession,
  type StoredSession,
  type ViewerMessage,
} from "../../lambdas/console/model/console-session.ts";
import { display } from "../../lambdas/console/model/display.ts";
import { type VirtualViewer, withoutDeflate } from "./virtual-viewer.ts";

export interface NetworkFaults {
  readonly seed: number;
  /** Maximum milliseconds of a request, response or write. */
  readonly maxDelayMs: number;
  /** Percent of lost requests, responses and functions, and of repeated requests. */
  readonly lostPercent: number;
  readonly repeatedPercent: number;
}

export interface Typist {
  readonly grant: ConsoleGrant;
  readonly viewer: VirtualViewer;
  readonly text: string;
}

const keyIntervalMs = 30;
const pollIntervalMs = 250;
const retryAfterMs = 1_200;

/** Deterministic per seed (mulberry32). */
function seededRandom(seed: number) {
  let state = seed;
  return (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

/**
 * Viewers type a key every 30 ms over a lossy, repeating network, in virtual time; exchanges
 * overlap.
 */
export function simulateTyping(
  faults: NetworkFaults,
  server: Server,
  begin: number,
  typists: readonly Typist[],
) {
  const random = seededRandom(faults.seed);
  let [now, isReliable] = [begin, false];
  const events: { readonly at: number; run(): void }[] = [];
  const after = (delay: number, run: () => void) => void events.push({ at: now + delay, run });
  const delay = () => 1 + random(isReliable ? 5 : faults.maxDelayMs);
  const isLost = () => !isReliable && random(100) < faults.lostPercent;

  const log = new Map<number, ConsoleLogLine>();
  const empty = newConsoleSession(server, begin);
  let stored: StoredSession = { ...empty, ...applyKeys(empty, server, "root\r\r", begin) };

  function serve(
    grant: ConsoleGrant,
    message: ViewerMessage,
    answer: (seen: number, bytes: Uint8Array) => void,
  ) {
    const read = stored;
    // The clocks of two machines differ.
    const at = now + random(100) - 50;
    const entered = connectViewer(read, message.viewerId, grant, at);
    const result = exchangeMessage(entered, server, message, at, withoutDeflate);
    const respond = (version: number) =>
      after(delay(), () => answer(result.isUpToDate ? version : message.seen, result.reply));
    if (!result.session && entered === read) return respond(read.version);
    const session = result.session ?? entered.session;
    after(delay(), () => {
      write(result.lineToLog);
      if (isLost()) return;
      after(delay(), () => {
        if (stored.version !== read.version) return serve(grant, message, answer);
        stored = { session, version: read.version + 1 };
        respond(stored.version);
      });
    });
  }

  function write(line: ExchangeResult["lineToLog"]) {
    if (!line) return;
    const existing = log.get(line.at);
    if (existing && existing.text !== line.text) throw new Error(`Line ${line.at} is two.`);
    log.set(line.at, line);
  }

  const clients = typists.map(({ grant, viewer, text }, index) => {
    let [number, seen, inFlight, typed] = [0, 0, 0, 0];
    let waiting = new Uint8Array();
    const enqueue = (bytes: Uint8Array) => {
      waiting = concatBytes([waiting, bytes]);
      if (inFlight === 0) send();
    };
    function send() {
      const isPoll = number > 0 && waiting.length === 0;
      const message: ViewerMessage = {
        viewerId: `seat${index}`,
        number: isPoll ? 0 : ++number,
        seen,
        bytes: waiting,
      };
      waiting = new Uint8Array();
      attempt(message);
    }
    function attempt(message: ViewerMessage) {
      const mine = ++attempts;
      inFlight = mine;
      const arrive = () => {
        if (isLost()) return;
        serve(grant, message, (version, bytes) => {
          if (inFlight !== mine || isLost()) return;
          inFlight = 0;
          seen = version;
          const output = viewer.receive(bytes);
          waiting = concatBytes([waiting, output]);
          if (waiting.length > 0) send();
          else after(pollIntervalMs, () => inFlight === 0 && send());
        });
      };
      after(delay(), arrive);
      if (!isReliable && random(100) < faults.repeatedPercent)
        after(delay() + random(3_000), arrive);
      after(retryAfterMs, () => inFlight === mine && attempt(message));
    }
    function key() {
      if (!viewer.isOpen()) return after(keyIntervalMs, key);
      enqueue(viewer.encodeKeys(text[typed++] ?? ""));
      if (typed < text.length) after(keyIntervalMs, key);
    }
    send();
    after(500 + random(500), key);
    return { isDone: () => typed >= text.length && waiting.length === 0 };
  });

  function run(until: number) {
    for (;;) {
      const next = events.reduce((first, one) => (one.at < first.at ? one : first), {
        at: until,
        run: () => {},
      });
      now = next.at;
      if (now === until) return;
      events.splice(events.indexOf(next), 1);
      next.run();
    }
  }
  while (!clients.every(({ isDone }) => isDone())) {
    if (now - begin > 600_000) throw new Error("Somebody waits for ever.");
    run(now + 1_000);
  }
  // Requests in flight arrive, and every viewer polls once more.
  isReliable = true;
  run(now + 10_000);
  write(stored.session.unlogged);
  return {
    lines: [...log.values()].sort((one, other) => one.at - other.at),
    screen: display(server, stored.session.guest, now),
  };
}

let attempts = 0;
