import { expect, test } from "vitest";
import { startCloud, type TestCloud } from "../support/cloud.ts";
import { interfere } from "../support/interfere.ts";
import { neutronClient, neutronPath } from "../support/network.ts";

const asAdmin = ({ call }: TestCloud, method: string, path: string, body?: object) =>
  call(method, `/v2.1${path}`, { as: "admin", ...(body && { body }) });

const creates = {
  aggregate: (cloud: TestCloud) =>
    asAdmin(cloud, "POST", "/os-aggregates", { aggregate: { name: "one" } }),
  flavor: (cloud: TestCloud) =>
    asAdmin(cloud, "POST", "/flavors", { flavor: { name: "one", ram: 1, vcpus: 1, disk: 1 } }),
} as const;

test.each(Object.entries(creates))(
  "one of 50 concurrent creates of a name wins: %s",
  async (_, create) => {
    const cloud = await startCloud();
    const answers = await Promise.all(Array.from({ length: 50 }, () => create(cloud)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 409)]);
  },
);

test("the name of a deleted flavor or aggregate is free at once", async () => {
  const cloud = await startCloud();
  for (let round = 0; round < 2; round++) {
    const flavor = await creates.flavor(cloud);
    expect(flavor.status).toBe(200);
    await asAdmin(cloud, "DELETE", `/flavors/${flavor.json.flavor.id}`);
    const aggregate = await creates.aggregate(cloud);
    expect(aggregate.status).toBe(200);
    await asAdmin(cloud, "DELETE", `/os-aggregates/${aggregate.json.aggregate.id}`);
  }
});

test("a renamed aggregate leaves its former name to others", async () => {
  const cloud = await startCloud();
  const { id } = (await creates.aggregate(cloud)).json.aggregate;
  const rename = (name: string) =>
    asAdmin(cloud, "PUT", `/os-aggregates/${id}`, { aggregate: { name } });
  expect((await rename("two")).status).toBe(200);
  expect((await creates.aggregate(cloud)).status).toBe(200);
  expect((await rename("one")).status).toBe(409);
});

test.each([
  ["PUT", "association"],
  ["POST", "creation"],
])("a floating IP keeps no port that is deleted during its %s (%s)", async (method) => {
  const cloud = await startCloud();
  const { make, list, remove } = neutronClient(cloud.call);
  const [external] = await list("networks", "?router:external=true");
  const [network] = (await list("networks")).filter(
    (one: { "router:external": boolean }) => !one["router:external"],
  );
  const port = await make("ports", "port", { network_id: network.id });
  const request = { floating_network_id: external.id };
  const existing = method === "PUT" ? await make("floatingips", "floatingip", request) : null;
  interfere(cloud, "PutItem", "FLOATINGIPS#", () => remove("ports", port.id));
  const { status, text } = existing
    ? await cloud.call("PUT", `${neutronPath}/floatingips/${existing.id}`, {
        body: { floatingip: { port_id: port.id } },
      })
    : await cloud.call("POST", `${neutronPath}/floatingips`, {
        body: { floatingip: { ...request, port_id: port.id } },
      });
  expect(status, text).toBe(404);
  const left: readonly { port_id: string | null }[] = await list("floatingips");
  expect(left.map(({ port_id }) => port_id)).toEqual(existing ? [null] : []);
});
