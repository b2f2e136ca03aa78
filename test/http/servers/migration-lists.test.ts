import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import {
  impliedRoles,
  type Role,
  tokenLifetimeMs,
} from "../../../lambdas/identity/model/identity.ts";
import { type CallOptions, startCloud, startTime } from "../../support/cloud.ts";
import { microversionHeader } from "../../support/send-request.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

async function startWithMigrations() {
  const cloud = await startCloud();
  const [one, other] = [
    await seedServer(cloud.table, settledServer("active")),
    await seedServer(
      cloud.table,
      settledServer("stopped", { project: projects.alt_demo.id, host: "novaless-2" }),
    ),
  ];
  const act = (id: string, body: object, options: CallOptions) =>
    cloud.call("POST", `/v2.1/servers/${id}/action`, { body, ...options });
  const admin = { as: "admin", headers: microversionHeader(80) };
  await act(one.id, { resize: { flavorRef: "2" } }, {});
  cloud.pass(5_000);
  await act(one.id, { confirmResize: null }, {});
  await act(other.id, { migrate: null }, admin);
  cloud.pass(5_000);
  const live = { "os-migrateLive": { host: "novaless-3", block_migration: "auto" } };
  await act(one.id, live, admin);
  const list = (query: string, n: number, options: CallOptions = { as: "admin" }) =>
    cloud.call("GET", `/v2.1/os-migrations${query}`, {
      ...options,
      headers: { ...microversionHeader(n), ...options.headers },
    });
  const types = async (query = "", n = 80) =>
    (await list(query, n)).json.migrations.map((m: Record<string, unknown>) => m["migration_type"]);
  const as = async (role: Role): Promise<CallOptions> => ({
    as: null,
    headers: {
      "x-auth-token": await cloud.environment.tokens.issue({
        id: `lists-${role}`,
        user: { id: "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021", name: "demo" },
        project: projects.demo,
        roles: impliedRoles(role),
        methods: ["password"],
        issued: cloud.now(),
        expires: cloud.now() + tokenLifetimeMs,
      }),
    },
  });
  return { ...cloud, one, other, list, types, as };
}

const allTypes = ["live-migration", "migration", "resize"];

test("migrations are listed oldest first, newest first from 2.59 on, with more members at each version", async () => {
  const { list, types, one } = await startWithMigrations();
  expect(await types()).toEqual(allTypes);
  expect(await types("", 58)).toEqual(allTypes.toReversed());
  const keys = async (n: number) => Object.keys((await list("", n)).json.migrations.at(-1)).sort();
  const first = [
    ...["created_at", "dest_compute", "dest_host", "dest_node", "id", "instance_uuid"],
    ...["new_instance_type_id", "old_instance_type_id", "source_compute", "source_node"],
    ...["status", "updated_at"],
  ];
  expect(await keys(22)).toEqual(first);
  expect(await keys(58)).toEqual([...first, "links", "migration_type"].sort());
  const [live] = (await list("", 80)).json.migrations;
  expect(live).toMatchObject({ project_id: projects.admin.id, status: "preparing" });
  expect(live.links[0].href).toMatch(new RegExp(`/v2.1/servers/${one.id}/migrations/${live.id}$`));
  expect(await keys(79)).toEqual([...first, "migration_type", "uuid"].sort());
});

test("each filter selects its migrations, and the last of two equal filters counts", async () => {
  const { types, one, other } = await startWithMigrations();
  for (const [query, kept] of [
    [`instance_uuid=${other.id}`, ["migration"]],
    ["migration_type=resize", ["resize"]],
    ["status=finished", ["migration"]],
    ["status=confirmed&status=preparing", ["live-migration"]],
    ["host=novaless-2", ["live-migration", "migration", "resize"]],
    ["host=novaless-3", ["live-migration"]],
    ["source_compute=novaless-2", ["live-migration", "migration"]],
    ["host=novaless-3&source_compute=novaless-1", ["live-migration"]],
    [`user_id=${one.user}`, ["resize"]],
    [`project_id=${projects.admin.id}`, ["live-migration", "migration"]],
    ["hidden=true", []],
    ["hidden=false", allTypes],
  ] as const)
    expect(await types(`?${query}`), query).toEqual(kept);
});

test("from 2.59 on a page ends with a link to the next", async () => {
  const { list, types } = await startWithMigrations();
  const seen: string[] = [];
  let query = "?limit=1";
  for (let page = 0; page < 5; page++) {
    const { json } = await list(query, 59);
    seen.push(...json.migrations.map((one: Record<string, string>) => one["migration_type"]));
    const href = json.migrations_links?.[0].href;
    if (!href) break;
    query = new URL(href).search;
  }
  expect(seen).toEqual(allTypes);
  expect(await types("?limit=1", 58)).toEqual(allTypes.toReversed());
  expect((await list("?marker=nobody", 59)).json.badRequest.message).toBe(
    "Marker nobody could not be found.",
  );
  for (const bad of ["?limit=-1", "?limit=1&limit=2", "?other=1", "?changes-since=soon"])
    expect((await list(bad, 59)).status, bad).toBe(400);
});

test("changes are compared by the second of the last status change", async () => {
  const { types, list } = await startWithMigrations();
  const since = (seconds: number) => new Date(startTime + seconds * 1_000).toISOString();
  // The resize was confirmed after five seconds, when the migration began, and ended after six.
  expect(await types(`?changes-since=${since(6)}`)).toEqual(["live-migration", "migration"]);
  expect(await types(`?changes-before=${since(5)}`)).toEqual(["resize"]);
  expect(await types(`?changes-since=${since(5)}&changes-before=${since(6)}`)).toEqual([
    "migration",
    "resize",
  ]);
  expect((await list(`?changes-since=${since(6)}&changes-before=${since(5)}`, 66)).status).toBe(
    400,
  );
  expect((await list(`?changes-before=${since(5)}`, 65)).status).toBe(400);
  // The parameter is not a filter yet, and is ignored.
  expect(await types(`?changes-since=${since(6)}`, 58)).toHaveLength(3);
});

test("a manager lists the migrations of the own project, without hosts", async () => {
  const { list, as } = await startWithMigrations();
  const manager = await as("manager");
  const refused = await list("", 80, manager);
  expect(refused.json.forbidden.message).toBe(
    "Policy doesn't allow os_compute_api:os-migrations:index:all_projects to be performed.",
  );
  const { migrations } = (await list(`?project_id=${projects.demo.id}`, 80, manager)).json;
  expect(migrations).toMatchObject([
    { migration_type: "resize", source_compute: null, dest_compute: null, dest_host: null },
  ]);
  expect((await list("", 80, await as("member"))).status).toBe(403);
});
