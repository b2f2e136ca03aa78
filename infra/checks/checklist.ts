/** Something that is to be true of a cloud. `check` throws where it is not. */
export interface Check {
  readonly name: string;
  check(): Promise<unknown>;
}

/** Thrown by a check that needs what one before it was to find. */
export class NotReached extends Error {}

/** Thrown by a check that has nothing to look into here. */
export class NotTried extends Error {}

export interface Outcome {
  readonly good: number;
  readonly bad: number;
  /** Those that others stood in the way of, or the end of the time that there was. */
  readonly unreached: number;
  readonly skipped: number;
}

/** Goes through the list, a line each, until it is done or told to stop. */
export async function goThrough(
  checks: readonly Check[],
  { say, signal }: { say(line: string): void; readonly signal: AbortSignal },
): Promise<Outcome> {
  const outcome = { good: 0, bad: 0, unreached: 0, skipped: 0 };
  const width = Math.max(...checks.map(({ name }) => name.length));
  const line = (mark: string, name: string, said: string) =>
    say(`  ${mark} ${name.padEnd(width)}  ${said}`);
  for (const { name, check } of checks) {
    if (signal.aborted) {
      outcome.unreached++;
      continue;
    }
    const began = performance.now();
    try {
      await check();
      outcome.good++;
      line("✓", name, `${String(Math.round(performance.now() - began)).padStart(6)} ms`);
    } catch (cause) {
      const kind = isInterrupted(signal) ? "unreached" : kindOf(cause);
      outcome[kind]++;
      line(
        kind === "bad" ? "✗" : "-",
        name,
        cause instanceof Error ? cause.message : String(cause),
      );
    }
  }
  if (signal.aborted) say(`  ${reasonOf(signal)}`);
  return outcome;
}

function kindOf(cause: unknown): "bad" | "unreached" | "skipped" {
  if (cause instanceof NotTried) return "skipped";
  return cause instanceof NotReached ? "unreached" : "bad";
}

/** Somebody else has ended it: what was under way is neither good nor bad. */
const isInterrupted = ({ aborted, reason }: AbortSignal): boolean =>
  aborted && !(reason instanceof Error && reason.name === "TimeoutError");

const reasonOf = (signal: AbortSignal): string =>
  isInterrupted(signal) && signal.reason instanceof Error ? signal.reason.message : "Out of time.";
