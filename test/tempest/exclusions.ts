import type { TestResult } from "./results.ts";

/** A test that may fail, and why that is no fault. */
export interface Exclusion {
  readonly test: RegExp;
  readonly reason: string;
}

/** A line each: what a test's id matches, and after a tab the reason. */
export const parseExclusions = (list: string): Exclusion[] =>
  list
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const [test = "", ...reason] = line.split("\t");
      if (reason.join("").trim() === "") throw new Error(`Excluded without a reason: ${line}`);
      return { test: new RegExp(test), reason: reason.join(" ").trim() };
    });

export interface Judgement {
  readonly passed: readonly TestResult[];
  readonly failed: readonly TestResult[];
  readonly skipped: readonly TestResult[];
  /** Failed as they should, each with the reason in place of what it failed of. */
  readonly excludedFailures: readonly TestResult[];
  /** Exclusions that nothing needs: what they name passes, or is skipped. */
  readonly unusedExclusions: readonly Exclusion[];
}

export function judge(results: readonly TestResult[], exclusions: readonly Exclusion[]): Judgement {
  const those = (outcome: TestResult["outcome"]) =>
    results.filter((one) => one.outcome === outcome);
  const exclusionOf = ({ test }: TestResult) => exclusions.find((one) => one.test.test(test));
  const excludedFailures = those("failed").flatMap((one) => {
    const reason = exclusionOf(one)?.reason;
    return reason === undefined ? [] : [{ ...one, reason: reason }];
  });
  const fine = results.filter(({ outcome }) => outcome !== "failed");
  return {
    passed: those("passed"),
    failed: those("failed").filter((one) => exclusionOf(one) === undefined),
    skipped: those("skipped"),
    excludedFailures,
    unusedExclusions: exclusions.filter(({ test }) => fine.some((one) => test.test(one.test))),
  };
}
