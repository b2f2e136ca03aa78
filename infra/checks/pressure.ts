import { setTimeout as wait } from "node:timers/promises";

/** Milliseconds that requests which are late have after the end. */
const drainMs = 2_000;

export interface LoadSettings {
  /** Requests a second. */
  readonly rps: number;
  readonly seconds: number;
  /** How many may be under way at once. */
  readonly connections: number;
  readonly signal: AbortSignal;
}

export interface Sample {
  readonly kind: string;
  /** null where no answer came. */
  readonly status: number | null;
  readonly durationMs: number;
}

export interface LoadResult {
  readonly samples: readonly Sample[];
  /** Requests that there was no time for, while all connections were busy. */
  readonly unsentCount: number;
}

/**
 * Asks at a rate of its own, whether answers come or not. Each request is timed from when it was due: one
 * that waits for a connection waits for the service, which would look quick if it were not counted.
 */
export async function generateLoad(
  { rps, seconds, connections, signal }: LoadSettings,
  sendRequest: (number: number) => Promise<Omit<Sample, "durationMs">>,
): Promise<LoadResult> {
  const samples: Sample[] = [];
  const total = Math.floor(rps * seconds);
  const began = performance.now();
  const elapsedMs = () => performance.now() - began;
  let next = 0;
  await Promise.all(Array.from({ length: connections }, keepBusy));
  return { samples, unsentCount: total - samples.length };

  async function keepBusy(): Promise<void> {
    while (next < total && !signal.aborted && elapsedMs() < seconds * 1_000 + drainMs) {
      const number = next++;
      const dueMs = (number * 1_000) / rps;
      if (dueMs > elapsedMs())
        await wait(dueMs - elapsedMs(), undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const sample = await sendRequest(number);
      samples.push({ ...sample, durationMs: elapsedMs() - dueMs });
    }
  }
}
