/** Placeholders in expected strings, for values that change. */
const placeholderPatterns: Record<string, string> = {
  uuid: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
};

/** Differences of `actual` from `expected`, one line each; additional members count. */
export function diff(expected: unknown, actual: unknown, at = ""): string[] {
  if (isObject(expected) && isObject(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...names].flatMap((name) =>
      diff(expected[name], actual[name], at === "" ? name : `${at}.${name}`),
    );
  }
  return matchesTemplate(expected, actual)
    ? []
    : [`${at || "all"}: expected ${formatValue(expected)}, not ${formatValue(actual)}`];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function matchesTemplate(expected: unknown, actual: unknown): boolean {
  if (typeof expected !== "string" || typeof actual !== "string") return expected === actual;
  const source = expected
    .split(/\{\{(\w+)\}\}/)
    .map((part, i) => (i % 2 === 0 ? escapeRegExp(part) : placeholderPattern(part)))
    .join("");
  return new RegExp(`^${source}$`).test(actual);
}

function placeholderPattern(name: string): string {
  if (!placeholderPatterns[name]) throw new Error(`Unknown placeholder {{${name}}}.`);
  return placeholderPatterns[name];
}

const escapeRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

const formatValue = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
