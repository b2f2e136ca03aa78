import fc from "fast-check";
import { expect, test } from "vitest";
import { accounts, projects } from "../../../infra/local/accounts.ts";
import { restingServer } from "../../../infra/local/resting.ts";
import { flavors } from "../../../lambdas/compute/model/flavor.ts";
import type { Motion } from "../../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { images } from "../../../lambdas/image/model/image.ts";
import { cloud, start } from "../../support/cloud.ts";
import { listed, type Query, type Row } from "../../support/listed-model.ts";
import { given } from "../../support/servers.ts";

const one = fc.constantFrom;
const second = 1_000;

/** At rest in many ways, and under way. */
const motion = one<Motion>(
  ...(["active", "active", "stopped", "error", "paused", "soft-delete", "deleted"] as const).map(
    (to): Motion => ({ action: "create", from: "building", to, due: start - 5 * second }),
  ),
  { action: "create", from: "building", to: "active", due: start + 600 },
  { action: "softReboot", from: "active", to: "active", due: start + 100 },
  { action: "stop", from: "active", to: "stopped", due: start + 100 },
  { action: "delete", from: "active", to: "deleted", due: start + 100 },
  { action: "start", from: "stopped", to: "active", due: start - 2_500 },
);

const name = one("web", "Web-2", "db", "a|b", "db.old");

const server: fc.Arbitrary<Server> = fc
  .record({
    name,
    motion,
    born: fc.integer({ min: start - 12 * second, max: start - 8 * second }),
    project: one(projects.demo.id, projects.demo.id, projects.alt_demo.id),
    user: one(...accounts.map(({ id }) => id)),
    description: one(null, "the first", "THE second"),
    hostname: one("web", "db"),
    tags: fc.subarray(["blue", "green", "red"]),
    lock: one(null, { by: "owner", reason: null } as const),
    keyName: one(null, "key", "KEY-2"),
    configDrive: fc.boolean(),
    host: one("novaless-1", "novaless-2"),
    launchIndex: one(0, 1),
    reservation: one("r-one", "r-two"),
    accessIPv4: one("", "192.0.2.1", "198.51.100.7"),
    flavor: one(...flavors.slice(0, 2)),
    image: one(...images.slice(0, 1).map(({ id, name }) => ({ id, name: name ?? "" })), null),
    addr: one("10.0.0.4", "10.0.0.44", "10.1.0.4"),
  })
  .map(({ born, addr, ...over }) => {
    const { addresses, motion: _motion, ...made } = restingServer("active", born);
    return { ...made, ...over, addresses: addresses.map((address) => ({ ...address, addr })) };
  });

const filter = fc.oneof(
  fc.tuple(one("name", "display_name"), one("web", "^db", "WEB", "a|b", "d")),
  fc.tuple(one("status"), one("ACTIVE", "shutoff", "REBOOT", "Deleted", "SOFT_DELETED", "no")),
  fc.tuple(one("status"), one("ACTIVE", "BUILD", "ERROR", "PAUSED")),
  fc.tuple(one("vm_state"), one("active", "STOPPED", "deleted", "building")),
  fc.tuple(one("task_state"), one("powering-off", "deleting", "")),
  fc.tuple(one("power_state"), one("1", "4")),
  fc.tuple(one("tags", "tags-any", "not-tags", "not-tags-any"), one("blue", "blue,red", "no")),
  fc.tuple(one("locked"), one("true", "false")),
  fc.tuple(one("key_name", "hostname", "display_description"), one("key", "^W", "t", "2")),
  fc.tuple(one("config_drive"), one("True", "x")),
  fc.tuple(one("host", "node"), one("novaless-1", "NOVALESS-2", "novaless")),
  fc.tuple(one("image", "image_ref"), one(images[0]?.id ?? "", "nothing")),
  fc.tuple(one("flavor"), one("1", "2", "9")),
  fc.tuple(one("ip"), one("10.0", "10.0.0.44", "0.0")),
  fc.tuple(one("reservation_id", "launch_index"), one("one", "r-", "1")),
  fc.tuple(one("created_at", "launched_at", "terminated_at"), one("2026-01-15", ":5")),
  fc.tuple(
    one("changes-since", "changes-before"),
    one(
      ...[12, 10, 9, 3, 3, 0].map(
        (ago) => `${new Date(start - ago * second).toISOString().slice(0, 19)}Z`,
      ),
    ),
  ),
  fc.tuple(one("deleted"), one("true", "false", "no")),
  fc.tuple(one("soft_deleted"), one("true", "")),
  fc.tuple(one("all_tenants"), one("1", "0")),
  fc.tuple(one("project_id", "tenant_id"), one(projects.demo.id, projects.alt_demo.id)),
  fc.tuple(one("user_id"), one(...accounts.map(({ id }) => id))),
);

const sorting = fc
  .uniqueArray(
    one(
      ...["created_at", "display_name", "vm_state", "key_name", "task_state", "host", "vcpus"],
      ...["locked", "launched_at", "power_state", "updated_at", "access_ip_v4", "uuid"],
    ),
    { maxLength: 3 },
  )
  .chain((keys) =>
    fc
      .array(one("asc", "desc"), { maxLength: Math.max(keys.length, 1) })
      .map((directions) => [
        ...keys.map((key) => ["sort_key", key] as const),
        ...directions.map((direction) => ["sort_dir", direction] as const),
      ]),
  );

const query: fc.Arbitrary<Query & { readonly limit: number }> = fc
  .record({
    filters: fc.array(filter, { maxLength: 3 }),
    everybody: fc.boolean(),
    order: fc.oneof(fc.constant([]), sorting),
    version: one(1, 25, 26, 37, 38, 65, 66, 72, 73, 74, 75, 82, 83, 90, 96),
    admin: fc.boolean(),
    limit: one(1, 2, 3, 5, 100),
  })
  .map(({ filters, order, everybody, ...asked }) => ({
    ...asked,
    parameters: [...filters, ...order, ...(everybody && asked.admin ? [everyProject] : [])],
    project: asked.admin ? projects.admin.id : projects.demo.id,
  }));
const everyProject = ["all_tenants", "1"] as const;

type World = Awaited<ReturnType<typeof cloud>>;

/** Page after page by the links from one to the next, as far as they go. */
async function paged(
  { call, at }: World,
  { parameters, version, admin, limit }: Query & { limit: number },
) {
  const asked = {
    as: admin ? "admin" : "demo",
    headers: { "x-openstack-nova-api-version": `2.${version}` },
  };
  const seen: string[] = [];
  let next = `/v2.1/servers?${new URLSearchParams([...parameters.map(([key, value]) => [key, value]), ["limit", String(limit)]])}`;
  while (next) {
    const { status, json } = await call("GET", next, asked);
    if (status !== 200) return status;
    const ids: string[] = json.servers.map(({ id }: Server) => id);
    seen.push(...ids);
    const link: string | undefined = json.servers_links?.[0].href;
    expect([next, ids.length === limit]).toEqual([next, link !== undefined]);
    next = link?.slice(at.length) ?? "";
  }
  return seen;
}

const counts = { found: 0, none: 0, refused: 0 };

test("whatever is asked of whatever servers, the pages together are what Nova's list is", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(server, { minLength: 6, maxLength: 12 }),
      fc.array(query, { minLength: 50, maxLength: 50 }),
      async (servers, queries) => {
        const world = await cloud();
        for (const each of servers) await given(world.table, each);
        const { json } = await world.call(
          "GET",
          "/v2.1/servers/detail?all_tenants=1&changes-since=2000",
          { as: "admin", headers: { "x-openstack-nova-api-version": "2.96" } },
        );
        const rows: Row[] = json.servers.map((shown: Row) => {
          const made = servers.find(({ id }) => id === shown.id);
          const fixed = made?.addresses.map(({ addr }) => addr);
          return { ...shown, flavorId: made?.flavor?.id, fixed };
        });
        expect(rows).toHaveLength(servers.length);
        for (const asked of queries) {
          const expected = listed(rows, asked);
          counts[
            typeof expected === "number" ? "refused" : expected.length > 0 ? "found" : "none"
          ]++;
          expect(await paged(world, asked), JSON.stringify(asked)).toEqual(expected);
        }
      },
    ),
    // what fails says which query it was
    { numRuns: 14, endOnFailure: true },
  );
  // most lists have servers in them, and none is as good as another
  expect(counts.found).toBeGreaterThan(60);
  expect(counts.refused).toBeGreaterThan(5);
}, 120_000);

test("who pages while servers come and go sees each that stays, once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      one("", "&sort_dir=asc", "&sort_key=display_name&sort_dir=asc"),
      fc.array(fc.tuple(fc.nat(5), fc.boolean()), { minLength: 6, maxLength: 6 }),
      async (limit, order, changes) => {
        const meanwhile = [...changes];
        const { table, call, at, pass } = await cloud();
        const ids: string[] = [];
        for (let index = 0; index < 6; index++) {
          const made = restingServer("active", start - (60 - index) * second, { name: `${index}` });
          ids.push((await given(table, made)).id);
        }
        const stays = new Set(ids);
        const seen: string[] = [];
        let next = `/v2.1/servers?limit=${limit}${order}`;
        while (next) {
          const { json } = await call("GET", next);
          seen.push(...json.servers.map(({ id }: Server) => id));
          next = json.servers_links?.[0].href.slice(at.length) ?? "";
          const [index, comes] = meanwhile.pop() ?? [];
          if (comes) await given(table, restingServer("active", start, { name: "9" }));
          else if (index !== undefined) {
            await call("DELETE", `/v2.1/servers/${ids[index]}`);
            stays.delete(ids[index] ?? "");
          }
          pass(second);
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((id) => stays.has(id)).toSorted()).toEqual([...stays].sort());
      },
    ),
    { numRuns: 15, endOnFailure: true },
  );
}, 120_000);
