import { Fault } from "../core/fault.ts";

/** An attempt returns this when a concurrent request changed the item first. */
export const lost = Symbol("lost");

/** Milliseconds: the longest wait before an attempt, doubled each time. */
const waitMs = { first: 2, longest: 100 };

/**
 * Repeats an attempt until it is not lost; `attempt` receives its number, from 0. Waits a random
 * time before each repetition but the first, so that concurrent writers take turns. Throws `raced`
 * after `maxAttempts`, which take about a second.
 */
export async function optimistic<T>(
  attempt: (number: number) => Promise<T | typeof lost>,
  maxAttempts = 30,
): Promise<T> {
  for (let number = 0; number < maxAttempts; number++) {
    if (number > 1) await wait(Math.random() * longestWaitMs(number));
    const outcome = await attempt(number);
    if (outcome !== lost) return outcome;
  }
  throw new Fault({ kind: "raced" });
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const longestWaitMs = (number: number): number =>
  Math.min(waitMs.first * 2 ** (number - 2), waitMs.longest);
