import type { Judgement } from "./exclusions.ts";
import type { TestResult } from "./results.ts";

export function formatTempestReport(
  { passed, failed, skipped, excludedFailures, unusedExclusions }: Judgement,
  seconds: number,
) {
  const total = passed.length + failed.length + skipped.length + excludedFailures.length;
  const figures = [
    `${passed.length} passed`,
    `${failed.length} failed`,
    `${skipped.length} skipped`,
    `${excludedFailures.length} excluded`,
  ];
  return [
    ...formatReasons("Skipped", skipped),
    ...formatReasons("Excluded, for they fail", excludedFailures),
    ...formatSection(
      "Excluded, though they do not fail",
      unusedExclusions.map(({ test }) => `  ${test.source}`),
    ),
    ...formatSection(
      "Failed",
      failed.flatMap(({ test, detail }) => [`  ${shortTestName(test)}`, `      ${detail}`]),
    ),
    `tempest.api.compute: ${figures.join(", ")}, of ${total}, in ${seconds.toFixed(0)} s`,
  ].join("\n");
}

function formatReasons(title: string, results: readonly TestResult[]): string[] {
  const groups = Map.groupBy(results, ({ detail }) => detail);
  return formatSection(
    title,
    [...groups].flatMap(([reason, of]) => [
      `  ${of.length}: ${reason}`,
      ...of.map(({ test }) => `      ${shortTestName(test)}`),
    ]),
  );
}

const formatSection = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? [`${title}:`, ...lines, ""] : [];

const shortTestName = (test: string): string => test.replace(/^tempest\.api\.compute\./, "");
