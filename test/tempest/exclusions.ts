import type { Result } from "./results.ts";

/** A test that may fail, and why that is no fault. */
export interface Exclusion {
  readonly test: RegExp;
  readonly reason: string;
}

/** A line each: what a test's id matches, and after a tab the reason. */
export const exclusionsIn = (list: string): Exclusion[] =>
  list
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const [test = "", ...reason] = line.split("\t");
      if (reason.join("").trim() === "") throw new Error(`Excluded without a reason: ${line}`);
      return { test: new RegExp(test), reason: reason.join(" ").trim() };
    });

export interface Judgement {
  readonly passed: readonly Result[];
  readonly failed: readonly Result[];
  readonly skipped: readonly Result[];
  /** Failed as they should, each with the reason in place of what it failed of. */
  readonly excluded: readonly Result[];
  /** Exclusions that nothing needs: what they name passes, or is skipped. */
  readonly stale: readonly Exclusion[];
}

export function judged(results: readonly Result[], exclusions: readonly Exclusion[]): Judgement {
  const those = (outcome: Result["outcome"]) => results.filter((one) => one.outcome === outcome);
  const exclusionOf = ({ test }: Result) => exclusions.find((one) => one.test.test(test));
  const excluded = those("failed").flatMap((one) => {
    const said = exclusionOf(one)?.reason;
    return said === undefined ? [] : [{ ...one, said }];
  });
  const fine = results.filter(({ outcome }) => outcome !== "failed");
  return {
    passed: those("passed"),
    failed: those("failed").filter((one) => exclusionOf(one) === undefined),
    skipped: those("skipped"),
    excluded,
    stale: exclusions.filter(({ test }) => fine.some((one) => test.test(one.test))),
  };
}
