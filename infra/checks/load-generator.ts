import { setTimeout as wait } from "node:timers/promises";

/** Milliseconds that late requests have after the end. */
const drainMs = 2_000;

export interface LoadSettings {
  /** Requests per second. */
  readonly rps: number;
  readonly seconds: number;
  /** Concurrent requests, at most. */
  readonly connections: number;
  readonly signal: AbortSignal;
}

export interface Sample {
  readonly kind: string;
  /** null without a response. */
  readonly status: number | null;
  readonly durationMs: number;
}

export interface LoadResult {
  readonly samples: readonly Sample[];
  /** Requests that were not sent, because all connections were busy. */
  readonly unsentCount: number;
}

/**
 * Sends requests at a fixed rate, whether responses arrive or not. Each is timed from its due time:
 * waiting for a connection counts as latency.
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
