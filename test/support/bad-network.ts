import type { ConsoleGrant } from "../../lambdas/compute/model/console-grant.ts";
import type { Line } from "../../lambdas/compute/model/guest-boot-log.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { joined } from "../../lambdas/console/model/bytes.ts";
import {
  type Exchanged,
  emptyRoom,
  exchanged,
  type Kept,
  type Message,
  seated,
  typedInto,
} from "../../lambdas/console/model/console-session.ts";
import { display } from "../../lambdas/console/model/display.ts";
import { undeflated, type Viewing } from "./virtual-viewer.ts";

export interface Weather {
  readonly seed: number;
  /** Milliseconds that a request, an answer or a write takes at most. */
  readonly delay: number;
  /** Of a hundred: requests, answers and functions that are lost, and requests that come twice. */
  readonly lost: number;
  readonly twice: number;
}

export interface Typist {
  readonly grant: ConsoleGrant;
  readonly viewing: Viewing;
  readonly text: string;
}

const keyEvery = 30;
const pollEvery = 250;
const patience = 1_200;

/** The same numbers for the same seed (mulberry32). */
function dice(seed: number) {
  let state = seed;
  return (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

/**
 * Viewers of one console, who type a key each 30 ms, each with one exchange in flight, over a network that
 * delays, loses and repeats, in virtual time. Exchanges overlap, and die between any two of their steps.
 */
export function typeOver(
  weather: Weather,
  server: Server,
  begin: number,
  typists: readonly Typist[],
) {
  const roll = dice(weather.seed);
  let [now, calm] = [begin, false];
  const events: { readonly at: number; run(): void }[] = [];
  const after = (delay: number, run: () => void) => void events.push({ at: now + delay, run });
  const delay = () => 1 + roll(calm ? 5 : weather.delay);
  const isLost = () => !calm && roll(100) < weather.lost;

  const log = new Map<number, Line>();
  const empty = emptyRoom(server, begin);
  let kept: Kept = { ...empty, ...typedInto(empty, server, "root\r\r", begin) };

  /** What a function does with a request, a step after the other, while others do the same. */
  function serve(
    grant: ConsoleGrant,
    message: Message,
    answer: (seen: number, bytes: Uint8Array) => void,
  ) {
    const found = kept;
    // the clocks of two machines differ
    const at = now + roll(100) - 50;
    const entered = seated(found, message.seat, grant, at);
    const result = exchanged(entered, server, message, at, undeflated);
    const told = (version: number) =>
      after(delay(), () => answer(result.sees ? version : message.seen, result.reply));
    if (!result.room && entered === found) return told(found.version);
    const room = result.room ?? entered.room;
    after(delay(), () => {
      write(result.due);
      if (isLost()) return;
      after(delay(), () => {
        if (kept.version !== found.version) return serve(grant, message, answer);
        kept = { room, version: found.version + 1 };
        told(kept.version);
      });
    });
  }

  function write(line: Exchanged["due"]) {
    if (!line) return;
    const there = log.get(line.at);
    if (there && there.text !== line.text) throw new Error(`Line ${line.at} is two.`);
    log.set(line.at, line);
  }

  const clients = typists.map(({ grant, viewing, text }, who) => {
    let [number, seen, inFlight, typed] = [0, 0, 0, 0];
    let waiting = new Uint8Array();
    const say = (bytes: Uint8Array) => {
      waiting = joined([waiting, bytes]);
      if (inFlight === 0) send();
    };
    function send() {
      const isPoll = number > 0 && waiting.length === 0;
      const message: Message = {
        seat: `seat${who}`,
        number: isPoll ? 0 : ++number,
        seen,
        bytes: waiting,
      };
      waiting = new Uint8Array();
      attempt(message);
    }
    function attempt(message: Message) {
      const mine = ++attempts;
      inFlight = mine;
      const arrive = () => {
        if (isLost()) return;
        serve(grant, message, (version, bytes) => {
          if (inFlight !== mine || isLost()) return;
          inFlight = 0;
          seen = version;
          const says = viewing.take(bytes);
          waiting = joined([waiting, says]);
          if (waiting.length > 0) send();
          else after(pollEvery, () => inFlight === 0 && send());
        });
      };
      after(delay(), arrive);
      if (!calm && roll(100) < weather.twice) after(delay() + roll(3_000), arrive);
      after(patience, () => inFlight === mine && attempt(message));
    }
    function key() {
      if (!viewing.isOpen()) return after(keyEvery, key);
      say(viewing.typed(text[typed++] ?? ""));
      if (typed < text.length) after(keyEvery, key);
    }
    send();
    after(500 + roll(500), key);
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
  // what is under way arrives, and everybody looks once more
  calm = true;
  run(now + 10_000);
  write(kept.room.unlogged);
  return {
    lines: [...log.values()].sort((one, other) => one.at - other.at),
    screen: display(server, kept.room.guest, now),
  };
}

let attempts = 0;
