import type { Judgement } from "./exclusions.ts";
import type { Result } from "./results.ts";

/** What a run comes to, to be read: each failure, each reason with what is skipped for it, the figures. */
export function report({ passed, failed, skipped, excluded, stale }: Judgement, seconds: number) {
  const total = passed.length + failed.length + skipped.length + excluded.length;
  const figures = [
    `${passed.length} passed`,
    `${failed.length} failed`,
    `${skipped.length} skipped`,
    `${excluded.length} excluded`,
  ];
  return [
    ...reasons("Skipped", skipped),
    ...reasons("Excluded, for they fail", excluded),
    ...section(
      "Excluded, though they do not fail",
      stale.map(({ test }) => `  ${test.source}`),
    ),
    ...section(
      "Failed",
      failed.flatMap(({ test, said }) => [`  ${short(test)}`, `      ${said}`]),
    ),
    `tempest.api.compute: ${figures.join(", ")}, of ${total}, in ${seconds.toFixed(0)} s`,
  ].join("\n");
}

function reasons(title: string, results: readonly Result[]): string[] {
  const groups = Map.groupBy(results, ({ said }) => said);
  return section(
    title,
    [...groups].flatMap(([reason, of]) => [
      `  ${of.length}: ${reason}`,
      ...of.map(({ test }) => `      ${short(test)}`),
    ]),
  );
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? [`${title}:`, ...lines, ""] : [];

const short = (test: string): string => test.replace(/^tempest\.api\.compute\./, "");
