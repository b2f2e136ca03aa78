import { Fault } from "../core/fault.ts";

/** An attempt returns this when a concurrent request changed the item first. */
export const lost = Symbol("lost");

/**
 * Repeats an attempt until it is not lost; `attempt` receives its number, from 0. Throws `raced`
 * after `maxAttempts`.
 */
export async function optimistic<T>(
  attempt: (number: number) => Promise<T | typeof lost>,
  maxAttempts = 10,
): Promise<T> {
  for (let number = 0; number < maxAttempts; number++) {
    const outcome = await attempt(number);
    if (outcome !== lost) return outcome;
  }
  throw new Fault({ kind: "raced" });
}
