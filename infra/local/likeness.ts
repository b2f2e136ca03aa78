/** What may stand in an expected string for what no one can know beforehand. */
const patterns: Record<string, string> = {
  uuid: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
};

/** Where and how `actual` is not like `expected`, a line each; members beyond it are differences too. */
export function differences(expected: unknown, actual: unknown, at = ""): string[] {
  if (isObject(expected) && isObject(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...names].flatMap((name) =>
      differences(expected[name], actual[name], at === "" ? name : `${at}.${name}`),
    );
  }
  return alike(expected, actual)
    ? []
    : [`${at || "all"}: expected ${shown(expected)}, not ${shown(actual)}`];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function alike(expected: unknown, actual: unknown): boolean {
  if (typeof expected !== "string" || typeof actual !== "string") return expected === actual;
  const source = expected
    .split(/\{\{(\w+)\}\}/)
    .map((part, i) => (i % 2 === 0 ? escaped(part) : pattern(part)))
    .join("");
  return new RegExp(`^${source}$`).test(actual);
}

function pattern(name: string): string {
  if (!patterns[name]) throw new Error(`Nothing is known as {{${name}}}.`);
  return patterns[name];
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

const shown = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));
