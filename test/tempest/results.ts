export interface TestResult {
  /** The id without brackets, or a class's if its set-up failed. */
  readonly test: string;
  readonly kind: "test" | "setUpClass" | "tearDownClass";
  readonly outcome: "passed" | "failed" | "skipped";
  readonly detail: string;
}

const linePatterns = {
  line: /^\{\d+\} (?:(setUpClass|tearDownClass) \(([\w.]+)\)|([\w.]+)\S*)(?: \[[\d.]+s\])? \.\.\. (ok|FAILED|SKIPPED(?:: (.*))?)$/,
  /** The exception line of a traceback, less indented than its frames. */
  raised: /^ {4}[A-Za-z_][\w.]*(?::|$)/,
};

const outcomeByPrefix = { ok: "passed", FA: "failed", SK: "skipped" } as const;

/** stestr prints a test's lines together. */
export function parseResults(output: string): TestResult[] {
  const lines = output.split("\n");
  const starts = lines.flatMap((line, at) => (linePatterns.line.test(line) ? [at] : []));
  return starts.map((at, index) => {
    const [, phase, ofClass, id, outcome = "ok", reason = ""] =
      linePatterns.line.exec(lines[at] ?? "") ?? [];
    const until = starts[index + 1] ?? lines.length;
    const result = outcomeByPrefix[outcome.slice(0, 2) as keyof typeof outcomeByPrefix];
    return {
      test: ofClass ?? id ?? "",
      kind: phase === "setUpClass" || phase === "tearDownClass" ? phase : "test",
      outcome: result,
      detail: result === "failed" ? lastException(lines.slice(at + 1, until)) : reason,
    };
  });
}

function lastException(lines: readonly string[]): string {
  const from = lines.findIndex((line) => line.startsWith("Captured traceback"));
  const after = lines.slice(from + 2);
  const until = after.findIndex((line) => /^(Captured |=+$)/.test(line));
  const traceback = until < 0 ? after : after.slice(0, until);
  const raised = traceback.findLastIndex((line) => linePatterns.raised.test(line));
  const message = traceback.slice(Math.max(raised, 0)).map((line) => line.trim());
  return message.filter((line) => line !== "").join(" ");
}

/** Ids printed by `--list-tests`, without brackets. */
export const parseTestIds = (list: string): string[] =>
  [...list.matchAll(/^(tempest\.[\w.]+)/gm)].map(([, id = ""]) => id).sort();

/**
 * stestr omits tests of a class whose set-up failed: they get the class's result. A test without a
 * result has failed.
 */
export function resultPerTest(
  tests: readonly string[],
  results: readonly TestResult[],
): TestResult[] {
  const resultsByTest = new Map(results.map((result) => [`${result.kind} ${result.test}`, result]));
  const each = tests.map((test): TestResult => {
    const ofClass = test.slice(0, test.lastIndexOf("."));
    const found = resultsByTest.get(`test ${test}`) ?? resultsByTest.get(`setUpClass ${ofClass}`);
    if (found) return { ...found, test, kind: "test" };
    return { test, kind: "test", outcome: "failed", detail: "tempest says nothing of it" };
  });
  const failedTearDowns = results.filter(
    ({ kind, outcome }) => kind === "tearDownClass" && outcome === "failed",
  );
  return [
    ...each,
    ...failedTearDowns.map((one) => ({ ...one, test: `${one.test}.tearDownClass` })),
  ];
}
