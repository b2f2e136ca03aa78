import fc from "fast-check";
import { expect, test } from "vitest";
import { restingServer } from "../../infra/local/resting.ts";
import type { Server } from "../../lambdas/domain/server.ts";
import { decode, encode, type Item } from "../../lambdas/store/server-item.ts";
import { logAttribute, logLine } from "../../lambdas/store/server-log.ts";

const born = Date.UTC(2026, 0, 15);
const text = fc.string({ unit: "grapheme", maxLength: 20 });
const ordinary = (server: Partial<Server> = {}) => restingServer("active", born, server);

test("what is written of a server is what is read, usual or not", () => {
  const changes: fc.Arbitrary<Partial<Server>> = fc.record(
    {
      accessIPv4: fc.constantFrom("", "203.0.113.9"),
      diskConfig: fc.constantFrom("AUTO", "MANUAL"),
      metadata: fc.dictionary(fc.oneof(text, fc.constantFrom("availabilityZone", "hints")), text),
      keyName: fc.option(text),
      configDrive: fc.boolean(),
      availabilityZone: fc.constantFrom("nova", "other"),
      hints: fc.dictionary(fc.constantFrom("consoleEpoch", "group"), fc.constantFrom(0, "a")),
      consoleEpoch: fc.nat(3),
      flavor: fc.constant(null),
      name: text,
      description: fc.option(text),
      hostname: fc.oneof(text, fc.constant("web-1")),
      tags: fc.uniqueArray(fc.constantFrom("blue", "green", "red")).map((tags) => tags.sort()),
      lock: fc.option(
        fc.record({ by: fc.constantFrom("owner", "admin"), reason: fc.constantFrom(null, "work") }),
      ),
      volumes: fc.array(
        fc.record({
          id: fc.uuid(),
          attachment: fc.uuid(),
          mapping: fc.uuid(),
          device: fc.constantFrom("/dev/vda", "/dev/vdb"),
          tag: fc.option(text),
          deleteOnTermination: fc.boolean(),
        }),
        { maxLength: 3 },
      ),
      pinnedZone: fc.option(fc.constant("nova")),
      launchIndex: fc.nat(3),
      trustedCertificates: fc.option(fc.constant(["one"])),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(changes, (over) => {
      const server = ordinary(over);
      expect(decode(encode(server))).toEqual(server);
    }),
  );
});

test("metadata named as a usual attribute, with its usual value, stays", () => {
  const server = ordinary({ metadata: { availabilityZone: "nova" }, hints: { consoleEpoch: 0 } });
  expect(decode(encode(server))).toEqual(server);
});

test("a server written before there were descriptions and tags has its name for one, and no tags", () => {
  const old = ordinary({ name: "db", description: "a database", hostname: "db-1", tags: ["a"] });
  const { description, hostname, tags, ...item } = encode(old);
  expect([description, hostname, tags]).not.toContain(undefined);
  expect(decode(item)).toEqual({ ...old, description: "db", hostname: "db", tags: [] });
});

test("an ordinary server fits the kilobyte that a write is charged by", () => {
  const item = encode(ordinary({ metadata: { role: "web" }, name: "a-server-with-quite-a-name" }));
  const line = logLine("create", born, "req-8e9b21c1-0f6a-4c5e-9d0b-2f3a4b5c6d7e");
  const whole: Item = { ...item, [logAttribute]: { S: line } };
  const bytes = Object.entries(whole).reduce(
    (sum, [name, { S, N, M }]) =>
      sum + name.length + Buffer.byteLength(S ?? N ?? JSON.stringify(M) ?? ""),
    0,
  );
  expect(bytes).toBeLessThan(1_024);
});
