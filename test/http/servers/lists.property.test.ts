import fc from "fast-check";
import { expect, test } from "vitest";
import { accounts, projects } from "../../../infra/local/accounts.ts";
import { sampleServer } from "../../../infra/local/sample-server.ts";
import { seedFlavors } from "../../../lambdas/compute/model/flavor.ts";
import type { Motion } from "../../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud, startTime } from "../../support/cloud.ts";
import { expectedList, type ListQuery, type ModelRow } from "../../support/server-list-model.ts";
import { seedServer } from "../../support/servers.ts";

const anyOf = fc.constantFrom;
const secondMs = 1_000;

const anyMotion = anyOf<Motion>(
  ...(["active", "active", "stopped", "error", "paused", "soft-delete", "deleted"] as const).map(
    (to): Motion => ({ action: "create", from: "building", to, due: startTime - 5 * secondMs }),
  ),
  { action: "create", from: "building", to: "active", due: startTime + 600 },
  { action: "softReboot", from: "active", to: "active", due: startTime + 100 },
  { action: "stop", from: "active", to: "stopped", due: startTime + 100 },
  { action: "delete", from: "active", to: "deleted", due: startTime + 100 },
  { action: "start", from: "stopped", to: "active", due: startTime - 2_500 },
);

const anyName = anyOf("web", "Web-2", "db", "a|b", "db.old");

const anyServer: fc.Arbitrary<Server> = fc
  .record({
    name: anyName,
    motion: anyMotion,
    born: fc.integer({ min: startTime - 12 * secondMs, max: startTime - 8 * secondMs }),
    project: anyOf(projects.demo.id, projects.demo.id, projects.alt_demo.id),
    user: anyOf(...accounts.map(({ id }) => id)),
    description: anyOf(null, "the first", "THE second"),
    hostname: anyOf("web", "db"),
    tags: fc.subarray(["blue", "green", "red"]),
    lock: anyOf(null, { by: "owner", reason: null } as const),
    keyName: anyOf(null, "key", "KEY-2"),
    configDrive: fc.boolean(),
    host: anyOf("novaless-1", "novaless-2"),
    launchIndex: anyOf(0, 1),
    reservation: anyOf("r-one", "r-two"),
    accessIPv4: anyOf("", "192.0.2.1", "198.51.100.7"),
    flavor: anyOf(...seedFlavors.slice(0, 2)),
    image: anyOf(...seedImages.slice(0, 1).map(({ id, name }) => ({ id, name: name ?? "" })), null),
    addr: anyOf("10.0.0.4", "10.0.0.44", "10.1.0.4"),
  })
  .map(({ born, addr, ...over }) => {
    const { addresses, motion: _motion, ...made } = sampleServer("active", born);
    return { ...made, ...over, addresses: addresses.map((address) => ({ ...address, addr })) };
  });

const anyFilter = fc.oneof(
  fc.tuple(anyOf("name", "display_name"), anyOf("web", "^db", "WEB", "a|b", "d")),
  fc.tuple(anyOf("status"), anyOf("ACTIVE", "shutoff", "REBOOT", "Deleted", "SOFT_DELETED", "no")),
  fc.tuple(anyOf("status"), anyOf("ACTIVE", "BUILD", "ERROR", "PAUSED")),
  fc.tuple(anyOf("vm_state"), anyOf("active", "STOPPED", "deleted", "building")),
  fc.tuple(anyOf("task_state"), anyOf("powering-off", "deleting", "")),
  fc.tuple(anyOf("power_state"), anyOf("1", "4")),
  fc.tuple(anyOf("tags", "tags-any", "not-tags", "not-tags-any"), anyOf("blue", "blue,red", "no")),
  fc.tuple(anyOf("locked"), anyOf("true", "false")),
  fc.tuple(anyOf("key_name", "hostname", "display_description"), anyOf("key", "^W", "t", "2")),
  fc.tuple(anyOf("config_drive"), anyOf("True", "x")),
  fc.tuple(anyOf("host", "node"), anyOf("novaless-1", "NOVALESS-2", "novaless")),
  fc.tuple(anyOf("image", "image_ref"), anyOf(seedImages[0]?.id ?? "", "nothing")),
  fc.tuple(anyOf("flavor"), anyOf("1", "2", "9")),
  fc.tuple(anyOf("ip"), anyOf("10.0", "10.0.0.44", "0.0")),
  fc.tuple(anyOf("reservation_id", "launch_index"), anyOf("one", "r-", "1")),
  fc.tuple(anyOf("created_at", "launched_at", "terminated_at"), anyOf("2026-01-15", ":5")),
  fc.tuple(
    anyOf("changes-since", "changes-before"),
    anyOf(
      ...[12, 10, 9, 3, 3, 0].map(
        (ago) => `${new Date(startTime - ago * secondMs).toISOString().slice(0, 19)}Z`,
      ),
    ),
  ),
  fc.tuple(anyOf("deleted"), anyOf("true", "false", "no")),
  fc.tuple(anyOf("soft_deleted"), anyOf("true", "")),
  fc.tuple(anyOf("all_tenants"), anyOf("1", "0")),
  fc.tuple(anyOf("project_id", "tenant_id"), anyOf(projects.demo.id, projects.alt_demo.id)),
  fc.tuple(anyOf("user_id"), anyOf(...accounts.map(({ id }) => id))),
);

const anySorting = fc
  .uniqueArray(
    anyOf(
      ...["created_at", "display_name", "vm_state", "key_name", "task_state", "host", "vcpus"],
      ...["locked", "launched_at", "power_state", "updated_at", "access_ip_v4", "uuid"],
    ),
    { maxLength: 3 },
  )
  .chain((keys) =>
    fc
      .array(anyOf("asc", "desc"), { maxLength: Math.max(keys.length, 1) })
      .map((directions) => [
        ...keys.map((key) => ["sort_key", key] as const),
        ...directions.map((direction) => ["sort_dir", direction] as const),
      ]),
  );

const anyQuery: fc.Arbitrary<ListQuery & { readonly limit: number }> = fc
  .record({
    filters: fc.array(anyFilter, { maxLength: 3 }),
    everybody: fc.boolean(),
    order: fc.oneof(fc.constant([]), anySorting),
    minorVersion: anyOf(1, 25, 26, 37, 38, 65, 66, 72, 73, 74, 75, 82, 83, 90, 96),
    isAdmin: fc.boolean(),
    limit: anyOf(1, 2, 3, 5, 100),
  })
  .map(({ filters, order, everybody, ...others }) => ({
    ...others,
    parameters: [...filters, ...order, ...(everybody && others.isAdmin ? [everyProject] : [])],
    project: others.isAdmin ? projects.admin.id : projects.demo.id,
  }));
const everyProject = ["all_tenants", "1"] as const;

type TestCloud = Awaited<ReturnType<typeof startCloud>>;

async function listAllPages(
  { call, at }: TestCloud,
  { parameters, minorVersion, isAdmin, limit }: ListQuery & { limit: number },
) {
  const options = {
    as: isAdmin ? "admin" : "demo",
    headers: { "x-openstack-nova-api-version": `2.${minorVersion}` },
  };
  const seen: string[] = [];
  let next = `/v2.1/servers?${new URLSearchParams([...parameters.map(([key, value]) => [key, value]), ["limit", String(limit)]])}`;
  while (next) {
    const { status, json } = await call("GET", next, options);
    if (status !== 200) return status;
    const ids: string[] = json.servers.map(({ id }: Server) => id);
    seen.push(...ids);
    const link: string | undefined = json.servers_links?.[0].href;
    expect([next, ids.length === limit]).toEqual([next, link !== undefined]);
    next = link?.slice(at.length) ?? "";
  }
  return seen;
}

const outcomeCounts = { found: 0, none: 0, refused: 0 };

test("property: the pages of any query over any servers together equal Nova's list", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyServer, { minLength: 6, maxLength: 12 }),
      fc.array(anyQuery, { minLength: 50, maxLength: 50 }),
      async (servers, queries) => {
        const cloud = await startCloud();
        for (const each of servers) await seedServer(cloud.table, each);
        const { json } = await cloud.call(
          "GET",
          "/v2.1/servers/detail?all_tenants=1&changes-since=2000",
          { as: "admin", headers: { "x-openstack-nova-api-version": "2.96" } },
        );
        const rows: ModelRow[] = json.servers.map((shown: ModelRow) => {
          const made = servers.find(({ id }) => id === shown.id);
          const fixed = made?.addresses.map(({ addr }) => addr);
          return { ...shown, flavorId: made?.flavor?.id, fixedIps: fixed };
        });
        expect(rows).toHaveLength(servers.length);
        for (const query of queries) {
          const expected = expectedList(rows, query);
          outcomeCounts[
            typeof expected === "number" ? "refused" : expected.length > 0 ? "found" : "none"
          ]++;
          expect(await listAllPages(cloud, query), JSON.stringify(query)).toEqual(expected);
        }
      },
    ),
    { numRuns: 14, endOnFailure: true },
  );
  // Guards against a generator whose lists are mostly empty.
  expect(outcomeCounts.found).toBeGreaterThan(60);
  expect(outcomeCounts.refused).toBeGreaterThan(5);
}, 120_000);

test("paging while servers are created and deleted shows each remaining server once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      anyOf("", "&sort_dir=asc", "&sort_key=display_name&sort_dir=asc"),
      fc.array(fc.tuple(fc.nat(5), fc.boolean()), { minLength: 6, maxLength: 6 }),
      async (limit, order, changes) => {
        const meanwhile = [...changes];
        const { table, call, at, pass } = await startCloud();
        const ids: string[] = [];
        for (let index = 0; index < 6; index++) {
          const made = sampleServer("active", startTime - (60 - index) * secondMs, {
            name: `${index}`,
          });
          ids.push((await seedServer(table, made)).id);
        }
        const stays = new Set(ids);
        const seen: string[] = [];
        let next = `/v2.1/servers?limit=${limit}${order}`;
        while (next) {
          const { json } = await call("GET", next);
          seen.push(...json.servers.map(({ id }: Server) => id));
          next = json.servers_links?.[0].href.slice(at.length) ?? "";
          const [index, comes] = meanwhile.pop() ?? [];
          if (comes) await seedServer(table, sampleServer("active", startTime, { name: "9" }));
          else if (index !== undefined) {
            await call("DELETE", `/v2.1/servers/${ids[index]}`);
            stays.delete(ids[index] ?? "");
          }
          pass(secondMs);
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((id) => stays.has(id)).toSorted()).toEqual([...stays].sort());
      },
    ),
    { numRuns: 15, endOnFailure: true },
  );
}, 120_000);
