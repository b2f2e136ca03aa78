/** An expectation of a cloud. `check` throws where it does not hold. */
export interface Check {
  readonly name: string;
  check(): Promise<unknown>;
}

/** Thrown by a check whose precondition an earlier check did not establish. */
export class PrerequisiteMissing extends Error {}

/** Thrown by a check that does not apply to this cloud. */
export class NotApplicable extends Error {}

export interface CheckSummary {
  readonly good: number;
  readonly bad: number;
  /** Checks that were not reached, because of earlier ones or a timeout. */
  readonly unreached: number;
  readonly skipped: number;
}

/** Runs the checks, printing a line each, until all are done or the signal aborts. */
export async function runChecks(
  checks: readonly Check[],
  { say: print, signal }: { say(line: string): void; readonly signal: AbortSignal },
): Promise<CheckSummary> {
  const outcome = { good: 0, bad: 0, unreached: 0, skipped: 0 };
  const width = Math.max(...checks.map(({ name }) => name.length));
  const line = (symbol: string, name: string, detail: string) =>
    print(`  ${symbol} ${name.padEnd(width)}  ${detail}`);
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
      const kind = isInterrupted(signal) ? "unreached" : outcomeKind(cause);
      outcome[kind]++;
      line(
        kind === "bad" ? "✗" : "-",
        name,
        cause instanceof Error ? cause.message : String(cause),
      );
    }
  }
  if (signal.aborted) print(`  ${abortReason(signal)}`);
  return outcome;
}

function outcomeKind(cause: unknown): "bad" | "unreached" | "skipped" {
  if (cause instanceof NotApplicable) return "skipped";
  return cause instanceof PrerequisiteMissing ? "unreached" : "bad";
}

/** The signal aborted it: the running check neither passed nor failed. */
const isInterrupted = ({ aborted, reason }: AbortSignal): boolean =>
  aborted && !(reason instanceof Error && reason.name === "TimeoutError");

const abortReason = (signal: AbortSignal): string =>
  isInterrupted(signal) && signal.reason instanceof Error ? signal.reason.message : "Out of time.";
