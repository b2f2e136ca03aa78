import { describe, expect, test } from "vitest";
import { cloud } from "../support/cloud.ts";
import { complaintsOf, latest, novasOf, rangesOf } from "../support/conformance.ts";
import { hasNovaSchemas } from "../support/nova-schemas.ts";
import { operations } from "../support/register.ts";
import { given, resting } from "../support/servers.ts";

/** What stands for the parameters of a path: things there are. */
async function furnished() {
  const world = await cloud();
  const { call, table } = world;
  const admin = { as: "admin" };
  const { id: server_id } = await given(table, resting("active", { metadata: { key: "value" } }));
  await call("POST", "/v2.1/os-keypairs", { body: { keypair: { name: "key" } } });
  return {
    ...world,
    parameters: { server_id, keypair_name: "key", flavor_id: "1" } as Record<string, string>,
    admin,
  };
}

/** Every operation that only looks, and the versions at which its answer becomes another. */
const looking = operations
  .filter(({ route }) => route.startsWith("GET "))
  .flatMap((operation) => {
    const novas = novasOf(operation);
    return novas ? [{ operation, ranges: rangesOf(novas, "response") }] : [];
  });

describe.runIf(hasNovaSchemas)(
  "what is looked at is as Nova's schemas have it, at each version",
  () => {
    test.each(looking)("$operation.id", async ({ operation, ranges }) => {
      const { call, parameters } = await furnished();
      const path = operation.route
        .replace("GET ", "/v2.1")
        .replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? name);
      for (const { name, since, until } of ranges)
        for (const at of new Set([since, until]))
          for (const as of ["demo", "admin"]) {
            const headers = { "x-openstack-nova-api-version": `2.${at}` };
            const reply = await call("GET", path, { as, headers });
            if (reply.status === 403 && as === "demo") continue;
            expect([path, at, as, reply.status]).toEqual([path, at, as, 200]);
            expect([path, at, as, complaintsOf(name, reply.json)]).toEqual([path, at, as, []]);
          }
    });
  },
);

console.info(
  `answers: ${looking.length} operations that look, ${looking.reduce((sum, { ranges }) => sum + ranges.length, 0)} schemas of Nova's, up to 2.${latest}`,
);
