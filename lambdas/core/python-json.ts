/**
 * Python's text forms: OpenStack's answers and error texts come from `json.dumps`, `repr` and
 * `str`, and the documents count their bytes (E-42).
 */

/** `json.dumps(value)`: separators ", " and ": ", characters beyond ASCII as \uXXXX. */
export function dumps(value: unknown): string {
  if (typeof value === "string") return dumpString(value);
  if (typeof value !== "object" || value === null) return String(value);
  let text = "";
  if (Array.isArray(value)) {
    for (const item of value) text += text === "" ? dumps(item) : `, ${dumps(item)}`;
    return `[${text}]`;
  }
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    text += text === "" ? dumpKey(key) + dumps(member) : `, ${dumpKey(key)}${dumps(member)}`;
  }
  return `{${text}}`;
}

const dumpedKeys = new Map<string, string>();

/** A key with its colon. The cache is limited, because clients choose keys too. */
function dumpKey(key: string): string {
  const cached = dumpedKeys.get(key);
  if (cached !== undefined) return cached;
  const dumped = `${dumpString(key)}: `;
  if (dumpedKeys.size < 500) dumpedKeys.set(key, dumped);
  return dumped;
}

const printableAscii = /^[ !#-[\]-~]*$/;

const dumpString = (text: string): string =>
  printableAscii.test(text)
    ? `"${text}"`
    : JSON.stringify(text).replace(/[\u0080-\uffff]/g, escapeUnit);

const escapeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** `repr(value)` of JSON values. */
export function repr(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "string") return reprOfString(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  if (typeof value === "object") {
    const members = Object.entries(value).map(([key, member]) => `${repr(key)}: ${repr(member)}`);
    return `{${members.join(", ")}}`;
  }
  return String(value);
}

/** `str(value)`: `repr`, but a string is itself. */
export const str = (value: unknown): string => (typeof value === "string" ? value : repr(value));

const escapeSequences: Record<string, string> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\\": "\\\\",
};

function reprOfString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/[\\\p{C}\p{Zl}\p{Zp}]|[\u00a0]|'/gu, (char) => {
    if (char === "'") return quote === "'" ? "\\'" : char;
    if (escapeSequences[char]) return escapeSequences[char];
    const code = char.codePointAt(0) ?? 0;
    if (code > 0xffff) return `\\U${code.toString(16).padStart(8, "0")}`;
    return code > 0xff
      ? `\\u${code.toString(16).padStart(4, "0")}`
      : `\\x${code.toString(16).padStart(2, "0")}`;
  });
  return `${quote}${body}${quote}`;
}
