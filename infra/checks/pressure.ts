import { setTimeout as wait } from "node:timers/promises";

/** Milliseconds that requests which are late have after the end. */
const grace = 2_000;

export interface Pressure {
  /** Requests a second. */
  readonly rps: number;
  readonly seconds: number;
  /** How many may be under way at once. */
  readonly connections: number;
  readonly signal: AbortSignal;
}

export interface Sample {
  readonly what: string;
  /** null where no answer came. */
  readonly status: number | null;
  readonly milliseconds: number;
}

export interface Pressed {
  readonly samples: readonly Sample[];
  /** Requests that there was no time for, while all connections were busy. */
  readonly unsent: number;
}

/**
 * Asks at a rate of its own, whether answers come or not. Each request is timed from when it was due: one
 * that waits for a connection waits for the service, which would look quick if it were not counted.
 */
export async function press(
  { rps, seconds, connections, signal }: Pressure,
  ask: (number: number) => Promise<Omit<Sample, "milliseconds">>,
): Promise<Pressed> {
  const samples: Sample[] = [];
  const all = Math.floor(rps * seconds);
  const began = performance.now();
  const since = () => performance.now() - began;
  let next = 0;
  await Promise.all(Array.from({ length: connections }, keepBusy));
  return { samples, unsent: all - samples.length };

  async function keepBusy(): Promise<void> {
    while (next < all && !signal.aborted && since() < seconds * 1_000 + grace) {
      const number = next++;
      const due = (number * 1_000) / rps;
      if (due > since()) await wait(due - since(), undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const sample = await ask(number);
      samples.push({ ...sample, milliseconds: since() - due });
    }
  }
}
