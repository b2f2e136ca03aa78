import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleServer } from "../../infra/local/sample-server.ts";
import {
  encodeLogLine,
  encodeRequesterLine,
  logAttribute,
  startedActions,
  toListAttribute,
} from "../../lambdas/compute/database/instance-action-log.ts";
import { decodeServer, encodeServer } from "../../lambdas/compute/database/server-item.ts";
import { type Server, toBootFlavor } from "../../lambdas/compute/model/server.ts";
import { generateHostId } from "../../lambdas/compute/scheduling/select-destinations.ts";
import type { Item } from "../../lambdas/database/item.ts";

const createdAt = Date.UTC(2026, 0, 15);
const text = fc.string({ unit: "grapheme", maxLength: 20 });
const ordinaryServer = (server: Partial<Server> = {}) => sampleServer("active", createdAt, server);

test("a server item decodes to what was encoded, defaults or not", () => {
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
      const server = ordinaryServer(over);
      expect(decodeServer(encodeServer(server))).toEqual(server);
    }),
  );
});

test("hostId is derived from project and host, and stored only when it differs", () => {
  fc.assert(
    fc.property(fc.uuid(), fc.constantFrom("", "novaless-1", "élan"), (project, host) => {
      const hostId = generateHostId(project, host);
      const hostFields = { host, hostId };
      const before = { flavor: null, ...hostFields, until: createdAt, migration: 1 };
      const server = ordinaryServer({ project, ...hostFields, before });
      expect(JSON.stringify(encodeServer(server))).not.toContain("hostId");
      expect(decodeServer(encodeServer(server))).toEqual(server);
      const odd = { ...server, hostId: "b".repeat(56) };
      expect(decodeServer(encodeServer(odd))).toEqual(odd);
    }),
  );
});

test("metadata with a default attribute's name and value is kept", () => {
  const server = ordinaryServer({
    metadata: { availabilityZone: "nova" },
    hints: { consoleEpoch: 0 },
  });
  expect(decodeServer(encodeServer(server))).toEqual(server);
});

test("a server stored before descriptions and tags has its name as description, and no tags", () => {
  const old = ordinaryServer({
    name: "db",
    description: "a database",
    hostname: "db-1",
    tags: ["a"],
  });
  const { description, hostname, tags, ...item } = encodeServer(old);
  expect([description, hostname, tags]).not.toContain(undefined);
  expect(decodeServer(item)).toEqual({ ...old, description: "db", hostname: "db", tags: [] });
});

test("an ordinary server with its full log fits the kilobyte of a write unit", () => {
  const { flavor, ...rest } = ordinaryServer({
    metadata: { role: "web" },
    name: "a-server-with-a-name",
  });
  const item = encodeServer({ ...rest, flavor: flavor && toBootFlavor(flavor) });
  const request = "req-8e9b21c1-0f6a-4c5e-9d0b-2f3a4b5c6d7e";
  const line = encodeLogLine("resume", createdAt, request, ["1d4f6a8c0e2b4d5f97a9c1e3b5d7f021"]);
  const more = { [logAttribute]: { S: line.repeat(4) }, by: { S: "12345678" }, logs: { N: "1" } };
  const whole: Item = { ...item, ...more };
  const bytes = Object.entries(whole).reduce(
    (sum, [name, { S, N, M }]) =>
      sum + name.length + Buffer.byteLength(S ?? N ?? JSON.stringify(M) ?? ""),
    0,
  );
  expect(bytes).toBeLessThan(1_024);
});

test("a log line decodes for any spelling of its ids", () => {
  const hex = (length: number) =>
    fc.string({
      unit: fc.constantFrom(..."0123456789abcdef"),
      minLength: length,
      maxLength: length,
    });
  const request = fc.oneof(fc.uuid(), fc.constant("one"));
  const user = fc.oneof(hex(32), fc.constantFrom("demo", "8e9b21c1-0f6a-4c5e-9d0b-2f3a4b5c6d7e"));
  fc.assert(
    fc.property(request, user, user, (request, user, project) => {
      const server = ordinaryServer();
      const by = { request: `req-${request}`, user, project };
      const line = encodeRequesterLine("shelve", createdAt, by, server.project);
      const item = { [logAttribute]: toListAttribute([line, line]) };
      expect(startedActions([item], server)).toEqual([
        { action: "shelve", start: createdAt, ...by },
      ]);
    }),
  );
});

test("a log line with long ids decodes too", () => {
  const [request, user] = [
    "8e9b21c1-0f6a-4c5e-9d0b-2f3a4b5c6d7e",
    "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021",
  ];
  const item = {
    [logAttribute]: toListAttribute([`stop ${createdAt.toString(36)} ${request} ${user}`]),
  };
  expect(startedActions([item], ordinaryServer())).toMatchObject([
    { action: "stop", start: createdAt, request: `req-${request}`, user },
  ]);
});
