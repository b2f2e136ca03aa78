import fc from "fast-check";
import { expect, test } from "vitest";
import { toHostname } from "../../lambdas/compute/model/hostname.ts";

test.each([
  ["web-1", "web-1"],
  ["My Web", "my-web"],
  ["a_b.c", "a-b-c"],
  ["-.web.-", "web"],
  ["été", "été"],
  ["a/b(c)", "abc"],
  ["日本", "Server-id"],
  ["...", "Server-id"],
  ["n".repeat(70), "n".repeat(63)],
])("a server named %s has the hostname %s", (name, hostname) => {
  expect(toHostname(name, "id")).toBe(hostname);
});

test("property: a hostname has at most 63 letters, digits and -", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (name) => {
      expect(toHostname(name, "id")).toMatch(
        /^(Server-id|[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)$/u,
      );
      expect(toHostname(name, "id").length).toBeLessThanOrEqual(63);
    }),
  );
});
