import { Fault } from "../../../core/fault.ts";

/** Characters of an expression; a column has at most 255. */
const maxLength = 255;

const metacharacters = /[\\^$.*+?()[\]{}|]/;

/**
 * Matches a client's expression anywhere in a text. RE2 runs in linear time;
 * it refuses look-around and back references, which MySQL knows (docs/differences.md). Loaded only for
 * an expression that is not plain text. Throws `invalid`.
 */
export async function createTextMatcher(
  parameter: string,
  source: string,
  letters: "any-case" | "same-case" = "same-case",
): Promise<(text: string) => boolean> {
  if (source.length > maxLength) throw unusable(parameter, source);
  const isAnyCase = letters === "any-case";
  if (!metacharacters.test(source)) {
    if (!isAnyCase) return (text) => text.includes(source);
    const part = source.toLowerCase();
    return (text) => text.toLowerCase().includes(part);
  }
  const { RE2JS } = await import("re2js");
  try {
    const expression = RE2JS.compile(source, isAnyCase ? RE2JS.CASE_INSENSITIVE : 0);
    return (text) => expression.test(text);
  } catch {
    throw unusable(parameter, source);
  }
}

const unusable = (parameter: string, source: string): Fault =>
  new Fault({
    kind: "invalid",
    part: "query",
    field: parameter,
    value: source,
    reason: `'${source}' is not a 'regex' that runs in linear time, of at most ${maxLength} characters`,
  });
