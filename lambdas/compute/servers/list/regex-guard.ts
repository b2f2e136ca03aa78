import { Fault } from "../../../core/fault.ts";

/**
 * JavaScript cannot time a client's expression out, so long ones, repeated groups, back references
 * and more than two unbounded repetitions are refused (docs/differences.md).
 */
export function compileRegex(
  parameter: string,
  source: string,
  flags: "" | "i" = "",
): (text: string) => boolean {
  const simplified = source.replace(/\\.|\[(?:\\.|[^\]])*\]/g, "x");
  const repetitions = simplified.match(/[*+]|\{\d*,\d*\}/g) ?? [];
  if (
    source.length > 255 ||
    repetitions.length > 2 ||
    /\)[*+?{]/.test(simplified) ||
    /\\[1-9k]/.test(source)
  )
    throw new Fault({
      kind: "invalid",
      part: "query",
      field: parameter,
      value: source,
      reason: `'${source}' is too costly a 'regex'`,
    });
  const compiled = new RegExp(source, flags);
  return (text) => compiled.test(text);
}
