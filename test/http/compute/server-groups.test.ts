import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";

const groupsPath = "/v2.1/os-server-groups";

async function startWithGroup(over: object = { policies: ["affinity"] }, n = 1) {
  const cloud = await startCloud();
  const headers = { "x-openstack-nova-api-version": `2.${n}` };
  const add = (more: object = over) =>
    cloud.call("POST", groupsPath, { headers, body: { server_group: { name: "g", ...more } } });
  const made = await add();
  const { id } = made.json.server_group;
  const boot = (group: unknown, server: object = {}) =>
    cloud.call("POST", "/v2.1/servers", {
      body: {
        server: { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", ...server },
        "os:scheduler_hints": { group },
      },
    });
  const members = async () =>
    (await cloud.call("GET", `${groupsPath}/${id}`)).json.server_group.members;
  return { ...cloud, add, made, id, boot, members };
}

test("servers created in a group are its members until they are deleted", async () => {
  const { boot, id, members, call, pass } = await startWithGroup();
  const { json } = await boot(id);
  expect(await members()).toEqual([json.server.id]);
  await call("DELETE", `/v2.1/servers/${json.server.id}`);
  pass(10_000);
  expect(await members()).toEqual([]);
});

test("an unknown group is refused, and so is a full one", async () => {
  const { boot, call, id } = await startWithGroup();
  const stranger = "0199340e-0f3e-4612-96be-6f1861b192b5";
  expect((await boot(stranger)).json.badRequest.message).toBe(
    `Instance group ${stranger} could not be found.`,
  );
  await call("PUT", `/v2.1/os-quota-sets/${projects.demo.id}`, {
    as: "admin",
    body: { quota_set: { server_group_members: 1 } },
  });
  expect((await boot(id, { min_count: 2 })).json.forbidden.message).toBe(
    "Quota exceeded, too many servers in group",
  );
  expect((await boot(id.toUpperCase())).status).toBe(202);
});

test("a group's members change with 2.13 and 2.64", async () => {
  const early = (await startWithGroup()).made.json.server_group;
  expect(Object.keys(early)).toEqual(["id", "name", "policies", "metadata", "members"]);
  const owned = (await startWithGroup({ policies: ["affinity"] }, 13)).made.json.server_group;
  expect(owned.project_id).toBe(projects.demo.id);
  const { add, made } = await startWithGroup(
    { policy: "anti-affinity", rules: { max_server_per_host: "2" } },
    64,
  );
  expect(made.json.server_group).toMatchObject({
    policy: "anti-affinity",
    rules: { max_server_per_host: 2 },
  });
  const ruled = await add({ policy: "affinity", rules: { max_server_per_host: 2 } });
  expect(ruled.json.badRequest.message).toBe("Only anti-affinity policy supports rules.");
});

test("soft policies exist from 2.15 on", async () => {
  const soft = { policies: ["soft-affinity"] };
  const early = await startWithGroup();
  expect((await early.add(soft)).status).toBe(400);
  expect((await startWithGroup(soft, 15)).made.json.server_group.policies).toEqual([
    "soft-affinity",
  ]);
});

test("another project's group is forbidden, an unknown one is not found", async () => {
  const { call, id } = await startWithGroup();
  expect((await call("GET", `${groupsPath}/${id}`, { as: "alt_demo" })).status).toBe(403);
  expect((await call("GET", `${groupsPath}/${id}`, { as: "admin" })).status).toBe(200);
  expect((await call("DELETE", `${groupsPath}/${id}`, { as: "reader" })).status).toBe(403);
  expect((await call("DELETE", `${groupsPath}/${id}`)).status).toBe(204);
  expect((await call("DELETE", `${groupsPath}/${id}`)).json.itemNotFound.message).toBe(
    `Instance group ${id} could not be found.`,
  );
});

test("a project has ten groups; lists are limited, and administrators list all projects'", async () => {
  const { call, add } = await startWithGroup();
  for (let made = 1; made < 10; made++) await add();
  expect((await add()).json.forbidden.message).toBe("Quota exceeded, too many server groups.");
  const count = async (query = "", as = "demo") =>
    (await call("GET", groupsPath + query, { as })).json.server_groups.length;
  expect([await count(), await count("?limit=3"), await count("?offset=8")]).toEqual([10, 3, 2]);
  expect([await count("", "admin"), await count("?all_projects", "admin")]).toEqual([0, 10]);
});
