import { expect, test } from "vitest";
import { defaultResourceLimits } from "../../lambdas/compute/model/quota.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { startCloud, type TestCloud, type TestResponse } from "../support/cloud.ts";
import { neutronClient, neutronPath } from "../support/network.ts";
import { seedServer, settledServer } from "../support/servers.ts";
import { cinderClient } from "../support/volumes.ts";

const serverBody = (over: object = {}) => ({
  server: { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", ...over },
});

const tally = (answers: readonly TestResponse[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

const repeat = <Result>(count: number, make: () => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, make));

test("E-03: of 200 concurrent os-start on one stopped server exactly one gets 202", async () => {
  const { table, call, servers, now } = await startCloud();
  const { id, project } = await seedServer(table, settledServer("stopped"));

  const answers = await repeat(200, () =>
    call("POST", `/v2.1/servers/${id}/action`, { body: { "os-start": null } }),
  );

  expect(tally(answers)).toEqual({ 202: 1, 409: 199 });
  for (const answer of answers)
    if (answer.status === 409)
      expect(answer.json.conflictingRequest.message).toBe(
        `Cannot 'start' instance ${id} while it is in task_state powering-on`,
      );
  expect((await servers.get(project, id, now())).motion.action).toBe("start");
});

test("E-07: concurrent deletes and starts: every delete returns 204, at most one start 202, the server is deleted", async () => {
  const { table, call, pass } = await startCloud();
  const { id } = await seedServer(table, settledServer("stopped"));

  const [deletes, starts] = await Promise.all([
    repeat(50, () => call("DELETE", `/v2.1/servers/${id}`)),
    repeat(50, () => call("POST", `/v2.1/servers/${id}/action`, { body: { "os-start": null } })),
  ]);

  expect(tally(deletes)).toEqual({ 204: 50 });
  const started = tally(starts);
  expect(started[202] ?? 0).toBeLessThanOrEqual(1);
  expect((started[202] ?? 0) + (started[409] ?? 0)).toBe(50);
  pass(500);
  expect((await call("GET", `/v2.1/servers/${id}`)).status).toBe(404);
});

test("50 concurrent creates leave exactly as many servers as the quota allows", async () => {
  const { call } = await startCloud();

  const answers = await repeat(50, () => call("POST", "/v2.1/servers", { body: serverBody() }));

  expect(tally(answers)).toEqual({
    202: defaultResourceLimits.instances,
    403: 50 - defaultResourceLimits.instances,
  });
  const { json } = await call("GET", "/v2.1/servers");
  expect(json.servers).toHaveLength(defaultResourceLimits.instances);
});

test("E-35: the eleventh server is refused with Nova's message, and accepted once one is deleted", async () => {
  const { call, pass } = await startCloud();
  const { json } = await call("POST", "/v2.1/servers", { body: serverBody({ min_count: 10 }) });

  const eleventh = await call("POST", "/v2.1/servers", { body: serverBody() });
  expect(eleventh.status).toBe(403);
  expect(eleventh.json.forbidden.message).toBe(
    "Quota exceeded for instances: Requested 1, but already used 10 of 10 instances",
  );

  expect((await call("DELETE", `/v2.1/servers/${json.server.id}`)).status).toBe(204);
  pass(500);
  expect((await call("POST", "/v2.1/servers", { body: serverBody() })).status).toBe(202);
  expect((await call("POST", "/v2.1/servers", { body: serverBody() })).status).toBe(403);
});

test("the same delete sent fifty times releases the quota once", async () => {
  const { call, pass } = await startCloud();
  const { json } = await call("POST", "/v2.1/servers", { body: serverBody({ min_count: 10 }) });

  await repeat(50, () => call("DELETE", `/v2.1/servers/${json.server.id}`));
  pass(500);

  const answers = await repeat(5, () => call("POST", "/v2.1/servers", { body: serverBody() }));
  expect(tally(answers)).toEqual({ 202: 1, 403: 4 });
});

test("E-35: a multi-create shrinks to what fits, and is refused below its minimum", async () => {
  const { call } = await startCloud();
  await call("POST", "/v2.1/servers", { body: serverBody({ min_count: 7 }) });

  const five = serverBody({ min_count: 2, max_count: 5 });
  expect((await call("POST", "/v2.1/servers", { body: five })).status).toBe(202);
  expect((await call("GET", "/v2.1/servers")).json.servers).toHaveLength(10);

  const refused = await call("POST", "/v2.1/servers", { body: five });
  expect(refused.status).toBe(403);
  expect(refused.json.forbidden.message).toBe(
    "Quota exceeded for instances: Requested 2-5, but already used 10 of 10 instances",
  );
});

test("E-35: every exceeded resource is named", async () => {
  const { call } = await startCloud();
  const huge = serverBody({ flavorRef: "5", min_count: 11 });
  const refused = await call("POST", "/v2.1/servers", { body: huge });
  expect(refused.json.forbidden.message).toBe(
    "Quota exceeded for cores, instances, ram: Requested 88, 11, 180224, but already used 0, 0, 0 of 20, 10, 51200 cores, instances, ram",
  );
});

test("concurrent deletes and hard reboots during a soft one: the server is deleted, the quota released once", async () => {
  const { call, pass } = await startCloud();
  const { json } = await call("POST", "/v2.1/servers", { body: serverBody({ min_count: 10 }) });
  const at = `/v2.1/servers/${json.server.id}`;
  const reboot = (type: string) => call("POST", `${at}/action`, { body: { reboot: { type } } });
  pass(1_000);
  expect((await reboot("SOFT")).status).toBe(202);

  const [deletes, reboots] = await Promise.all([
    repeat(30, () => call("DELETE", at)),
    repeat(30, () => reboot("HARD")),
  ]);

  expect(tally(deletes)).toEqual({ 204: 30 });
  const { 202: begun = 0, 409: refused = 0 } = tally(reboots);
  expect(begun + refused).toBe(30);
  pass(500);
  expect((await call("GET", at)).status).toBe(404);
  const creates = await repeat(4, () => call("POST", "/v2.1/servers", { body: serverBody() }));
  expect(tally(creates)).toEqual({ 202: 1, 403: 3 });
});

const tagImage = { "content-type": "application/openstack-images-v2.1-json-patch" };

test.each([
  [
    "extra specs of a flavor",
    async ({ call }: TestCloud) =>
      (i: number) =>
        call("POST", "/v2.1/flavors/1/os-extra_specs", {
          as: "admin",
          body: { extra_specs: { [`k${i}`]: "v" } },
        }),
  ],
  [
    "tags of an image",
    async ({ call }: TestCloud) => {
      const created = await call("POST", "/image/v2/images", { body: { name: "i" } });
      return (i: number) => call("PUT", `/image/v2/images/${created.json.id}/tags/t${i}`);
    },
  ],
  [
    "properties of an image",
    async ({ call }: TestCloud) => {
      const created = await call("POST", "/image/v2/images", { body: { name: "i" } });
      return (i: number) =>
        call("PATCH", `/image/v2/images/${created.json.id}`, {
          headers: tagImage,
          body: [{ op: "add", path: `/p${i}`, value: "v" }],
        });
    },
  ],
  [
    "metadata of a volume",
    async (cloud: TestCloud) => {
      const { id } = await cinderClient(cloud).volume();
      return (i: number) =>
        cloud.call("POST", `/volume/v3/volumes/${id}/metadata`, {
          body: { metadata: { [`k${i}`]: "v" } },
        });
    },
  ],
  [
    "rules of a security group",
    async ({ call }: TestCloud) => {
      const group = await neutronClient(call).make("security-groups", "security_group", {
        name: "g",
      });
      return (i: number) =>
        call("POST", `${neutronPath}/security-group-rules`, {
          body: {
            security_group_rule: {
              ...{ security_group_id: group.id, direction: "ingress", protocol: "tcp" },
              ...{ port_range_min: i + 1, port_range_max: i + 1 },
            },
          },
        });
    },
  ],
  [
    "metadata of a server",
    async ({ call, table }: TestCloud) => {
      const { id } = await seedServer(table, settledServer("active"));
      return (i: number) =>
        call("POST", `/v2.1/servers/${id}/metadata`, { body: { metadata: { [`k${i}`]: "v" } } });
    },
  ],
] as const)("50 concurrent writers of %s all succeed", async (_, begin) => {
  const write = await begin(await startCloud());
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => write(i)));
  expect(answers.filter(({ status }) => status >= 300).map(({ text }) => text)).toEqual([]);
});
