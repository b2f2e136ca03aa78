import fc from "fast-check";
import { expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import type { Schema } from "../../lambdas/http/schema.ts";
import { base64 } from "../support/basic-auth.ts";
import { startCloud, type TestResponse } from "../support/cloud.ts";
import { httpRequest } from "../support/http-request.ts";
import { expectRequestId } from "../support/mounts.ts";
import { nearlyValid } from "../support/near-schema.ts";
import { type ServedRoute, servedRoutes } from "../support/register.ts";
import { seedServer, settledServer } from "../support/servers.ts";

/** Routes by mount; those of one mount share a cloud. */
const routesByMount = Map.groupBy(
  servedRoutes,
  ({ mountPath, operations }) => `${operations[0]?.service ?? "root"} at "${mountPath}"`,
);

const step = (known: readonly string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known) },
    fc.string({ unit: "grapheme", minLength: 1 }).map(encodeURIComponent),
    fc
      .array(fc.constantFrom(..."aZ09%-._~!$&'()*+,;=:@"), { minLength: 1, maxLength: 20 })
      .map((chars) => chars.join("")),
    fc.constantFrom("%", "%00", "%ff", "..", "__proto__", "a".repeat(1_100), "%F0%9F%9A%80"),
  );

const query = fc.oneof(
  { weight: 2, arbitrary: fc.constant("") },
  fc
    .array(
      fc.tuple(
        fc.constantFrom("limit", "marker", "name", "ip", "status", "flavor", "changes-since"),
        fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("1", "0", "-1", "[", ".*", "a")),
      ),
    )
    .map((pairs) => new URLSearchParams(pairs).toString()),
  fc.array(fc.constantFrom(..."ab=&%+;[]0"), { maxLength: 20 }).map((chars) => chars.join("")),
);

const value = fc.oneof(
  fc
    .array(fc.integer({ min: 0x20, max: 0xff }).filter((code) => code < 0x7f || code > 0x9f))
    .map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom("", "application/json", "text/plain", "2.1", "compute 2.1", "latest", "https"),
);

const headers = fc.dictionary(
  fc.constantFrom(
    ...["content-type", "accept", "accept-encoding", "openstack-api-version", "host", "cookie"],
    ...["x-openstack-nova-api-version", "x-subject-token", "x-forwarded-proto", "forwarded"],
    ...["x-openstack-request-id", "user-agent", "x-amzn-trace-id"],
  ),
  value,
  { maxKeys: 3 },
);

function bodyFor({ operations }: ServedRoute) {
  const wanted = operations.map(({ body, action }) =>
    body
      ? nearlyValid(body as Schema)
      : fc.jsonValue({ maxDepth: 1 }).map((json) => ({ [action ?? "a"]: json })),
  );
  return fc.oneof(
    { weight: 6, arbitrary: fc.oneof(...wanted).map((json) => Buffer.from(JSON.stringify(json))) },
    fc.jsonValue().map((json) => Buffer.from(JSON.stringify(json))),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    fc.constant(Buffer.alloc(0)),
  );
}

function expectDialect(reply: TestResponse): void {
  const type = reply.headers.get("content-type") ?? "";
  if (reply.text === "" || type === "application/octet-stream") return;
  if (/^text\/plain/.test(type)) expect(reply.text).toMatch(/^401 Unauthorized/);
  else if (/^text\/html/.test(type)) expect(reply.text).toMatch(/^<(!doctype )?html>/);
  else {
    expect(type).toMatch(/^application\/json/);
    expect(reply.json).toBeTypeOf("object");
  }
}

for (const [group, members] of routesByMount)
  test(`${group}: no request is answered with a 5xx`, async () => {
    const { at, table, token } = await startCloud();
    const { id } = await seedServer(table, settledServer("stopped"));
    const known: Record<string, string[]> = {
      project_id: [projects.demo.id],
      account_id: ["demo", projects.demo.id],
      server_id: [id],
      flavor_id: ["1"],
      image_id: ["70a599e0-31e7-49b7-b260-868f441e862b"],
    };
    const credentials = fc.constantFrom<Record<string, string>>(
      { "x-auth-token": await token() },
      { "x-auth-token": await token() },
      { "x-auth-token": await token("reader") },
      { "x-auth-token": await token("admin") },
      { authorization: `Basic ${base64("demo:demo")}` },
      { authorization: base64("demo:demo") },
      { authorization: "Basic !" },
      { "x-auth-token": "forged" },
      {},
    );
    const request = fc.constantFrom(...members).chain((route) => {
      const [method = "", path = ""] = route.key.split(" ");
      const steps = path.split("/").map((one) => {
        const name = /^\{(.+)\}$/.exec(one)?.[1];
        return name === undefined ? fc.constant(one) : step(known[name] ?? ["x"]);
      });
      return fc.record({
        method: fc.oneof(
          { weight: 9, arbitrary: fc.constant(method) },
          fc.constantFrom("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"),
        ),
        path: fc.tuple(...steps).map((all) => all.join("/")),
        query,
        credentials,
        headers,
        body: bodyFor(route),
      });
    });

    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, query, credentials, headers, body }) => {
        const address = query === "" ? path : `${path}?${query}`;
        const reply = await httpRequest(at, method, address, {
          headers: { ...headers, ...credentials },
          body,
        });
        // Node's parser refuses invalid HTTP before the service sees it.
        expect(reply.status).toBeLessThan(500);
        if (method !== "HEAD") expectDialect(reply);
        if (group.startsWith("compute") && reply.status !== 300) expectRequestId(reply);
      }),
      { numRuns: 60 },
    );
  });
