import type { TestResult } from "./results.ts";

export interface Exclusion {
  readonly test: RegExp;
  readonly reason: string;
}

/** One per line: a pattern of test ids, a tab, and the reason. */
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
  /** Expected failures, each with its reason. */
  readonly excludedFailures: readonly TestResult[];
  /** Exclusions whose tests pass or are skipped. */
  readonly unusedExclusions: readonly Exclusion[];
}

export function judge(results: readonly TestResult[], exclusions: readonly Exclusion[]): Judgement {
  const those = (outcome: TestResult["outcome"]) =>
    results.filter((one) => one.outcome === outcome);
  const exclusionOf = ({ test }: TestResult) => exclusions.find((one) => one.test.test(test));
  const excludedFailures = those("failed").flatMap((one) => {
    const reason = exclusionOf(one)?.reason;
    return reason === undefined ? [] : [{ ...one, detail: reason }];
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
