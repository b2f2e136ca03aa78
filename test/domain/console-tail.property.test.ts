import fc from "fast-check";
import { expect, test } from "vitest";
import { tailLog } from "../../lambdas/compute/model/guest-boot-log.ts";

/**
 * nova/compute/manager.py:7904 and nova/api/openstack/compute/console_output.py, ported
 * literally.
 */
function novaTail(log: string, length: number): string {
  const parts: string[] = [];
  let part = "";
  for (const char of log)
    if (char === "\n") {
      parts.push(part);
      part = "";
    } else part += char;
  parts.push(part);
  const from = Math.max(parts.length - length, 0);
  let output = "";
  if (length !== 0)
    for (let i = from; i < parts.length; i++) output += (i > from ? "\n" : "") + parts[i];
  let kept = "";
  for (const char of output) {
    const code = char.charCodeAt(0);
    if (code > 0x1f || code === 0x09 || code === 0x0a) kept += char;
  }
  return kept;
}

const log = fc.string({
  unit: fc.constantFrom("a", "~", "\x7f", " ", "\t", "\n", "\n", "\r", "\b", "\0", "\x1f", "\x0b"),
  maxLength: 60,
});
const length = fc.oneof(fc.nat(12), fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER));

test("property: the tail of a log equals that of Nova's code, for a number and for its text", () => {
  fc.assert(
    fc.property(log, length, fc.nat(3), (text, count, zeros) => {
      const expected = novaTail(text, count);
      expect(tailLog(text, count)).toBe(expected);
      expect(tailLog(text, "0".repeat(zeros) + count)).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});

test("without a length, or with Nova's -1, the log is complete", () => {
  fc.assert(
    fc.property(log, (text) => {
      const expected = novaTail(text, text.length + 1);
      for (const all of [undefined, null, -1, "-1", "-01"])
        expect(tailLog(text, all)).toBe(expected);
    }),
  );
});
