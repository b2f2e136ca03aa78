import { expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { ipAllocationsOf } from "../../lambdas/network/repositories/ip-allocation.ts";
import type { TestResponse } from "../support/cloud.ts";
import { neutronClient, neutronPath } from "../support/network.ts";
import { startOnFaultyEngine } from "../support/outage.ts";
import { cinderClient } from "../support/volumes.ts";

type Cloud = Awaited<ReturnType<typeof start>>;

const start = () => startOnFaultyEngine({ maxAttempts: 3 });

const writes = { PutItem: "lost", UpdateItem: "lost", DeleteItem: "lost", BatchWriteItem: "lost" };

/** Prepares what an operation needs; returns the operation. */
type Prepare = (cloud: Cloud, round: number) => Promise<() => Promise<TestResponse>>;

const create =
  (path: string, body: (round: number) => object, as = "admin"): Prepare =>
  async ({ call }, round) =>
  () =>
    call("POST", path, { as, body: body(round) });

/** Creates a resource, to delete it. */
const remove =
  (
    path: string,
    body: (round: number) => object,
    idOf: (json: TestResponse["json"]) => string,
    as = "admin",
  ): Prepare =>
  async ({ call }, round) => {
    const { json, text } = await call("POST", path, { as, body: body(round) });
    expect(text).not.toBe("");
    return () => call("DELETE", `${path}/${idOf(json)}`, { as });
  };

const key = (round: number) => ({ keypair: { name: `k${round}` } });
const flavor = (round: number) => ({
  flavor: { name: `f${round}`, id: `f${round}`, ram: 1, vcpus: 1, disk: 1 },
});
const image = (round: number) => ({ name: `i${round}`, id: crypto.randomUUID() });
const named = (singular: string) => (round: number) => ({ [singular]: { name: `n${round}` } });
const idOf = (singular: string) => (json: TestResponse["json"]) => String(json[singular].id);

const server = {
  ...{ name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", networks: "none" },
};
const novaHeaders = { "x-openstack-nova-api-version": "2.60" };

async function boot({ call, pass }: Cloud, over: object = {}): Promise<string> {
  const body = { server: { ...server, ...over } };
  const { json } = await call("POST", "/v2.1/servers", { headers: novaHeaders, body });
  pass(3_000);
  return json.server.id;
}

const privateNetwork = async (cloud: Cloud): Promise<{ id: string; subnets: string[] }> =>
  (await neutronClient(cloud.call).list("networks", "?router:external=false"))[0];

const externalNetwork = async (cloud: Cloud): Promise<{ id: string }> =>
  (await neutronClient(cloud.call).list("networks", "?router:external=true"))[0];

const newPort = async (cloud: Cloud) =>
  neutronClient(cloud.call).make("ports", "port", { network_id: (await privateNetwork(cloud)).id });

const cases: Readonly<Record<string, Prepare>> = {
  "a key pair's create": create("/v2.1/os-keypairs", key, "demo"),
  "a key pair's delete": remove("/v2.1/os-keypairs", key, (json) => json.keypair.name, "demo"),
  "a flavor's create": create("/v2.1/flavors", flavor),
  "a flavor's delete": remove("/v2.1/flavors", flavor, idOf("flavor")),
  "an image's create": create("/image/v2/images", image, "demo"),
  "an image's delete": remove("/image/v2/images", image, (json) => json.id, "demo"),
  "an aggregate's create": create("/v2.1/os-aggregates", named("aggregate")),
  "an aggregate's delete": remove("/v2.1/os-aggregates", named("aggregate"), idOf("aggregate")),
  "a project's create": create("/identity/v3/projects", named("project")),
  "a project's delete": remove("/identity/v3/projects", named("project"), idOf("project")),
  "a role's create": create("/identity/v3/roles", named("role")),
  "a role's delete": remove("/identity/v3/roles", named("role"), idOf("role")),
  "a user's delete": remove("/identity/v3/users", named("user"), idOf("user")),
  "a network's create": create(`${neutronPath}/networks`, named("network"), "demo"),
  "a router's delete": remove(`${neutronPath}/routers`, named("router"), idOf("router"), "demo"),
  "a port's create": async (cloud) => {
    const { id } = await privateNetwork(cloud);
    return () => cloud.call("POST", `${neutronPath}/ports`, { body: { port: { network_id: id } } });
  },
  "a port's change": async (cloud) => {
    const { id } = await newPort(cloud);
    return async () => {
      const body = { port: { name: "renamed" } };
      const answer = await cloud.call("PUT", `${neutronPath}/ports/${id}`, { body });
      expect(answer.json.port?.revision_number).toBe(2);
      return answer;
    };
  },
  "a port's delete": async (cloud) => {
    const { id } = await newPort(cloud);
    return () => cloud.call("DELETE", `${neutronPath}/ports/${id}`);
  },
  "a floating IP's create": async (cloud) => {
    const floatingip = { floating_network_id: (await externalNetwork(cloud)).id };
    return () => cloud.call("POST", `${neutronPath}/floatingips`, { body: { floatingip } });
  },
  "a floating IP's delete": async (cloud) => {
    const floatingip = { floating_network_id: (await externalNetwork(cloud)).id };
    const { json } = await cloud.call("POST", `${neutronPath}/floatingips`, {
      body: { floatingip },
    });
    return () => cloud.call("DELETE", `${neutronPath}/floatingips/${json.floatingip.id}`);
  },
  "a server's create": async ({ call }) => {
    const body = { server };
    return () => call("POST", "/v2.1/servers", { headers: novaHeaders, body });
  },
  "a server's delete": async (cloud) => {
    const id = await boot(cloud, { networks: "auto" });
    return () => cloud.call("DELETE", `/v2.1/servers/${id}`);
  },
  "a volume's attach": async (cloud) => {
    const [id, volume] = [await boot(cloud), await cinderClient(cloud).volume()];
    const volumeAttachment = { volumeId: volume.id };
    return async () => {
      const path = `/v2.1/servers/${id}/os-volume_attachments`;
      const answer = await cloud.call("POST", path, { body: { volumeAttachment } });
      cloud.heal();
      expect((await cloud.call("GET", path)).json.volumeAttachments).toHaveLength(1);
      return answer;
    };
  },
  "a port's attach": async (cloud) => {
    const [id, port] = [await boot(cloud), await newPort(cloud)];
    const interfaceAttachment = { port_id: port.id };
    return () =>
      cloud.call("POST", `/v2.1/servers/${id}/os-interface`, { body: { interfaceAttachment } });
  },
};

/** What must match once nothing is in flight. */
async function expectConsistent(cloud: Cloud): Promise<void> {
  const { call } = cloud;
  const { servers } = (await call("GET", "/v2.1/servers")).json;
  const { absolute } = (await call("GET", "/v2.1/limits")).json.limits;
  expect(absolute.totalInstancesUsed).toBe(servers.length);
  const { records } = cloud.environment.backend();
  const { subnets } = await privateNetwork(cloud);
  const ports = await neutronClient(call).list("ports", "", "admin");
  const ids = new Set(ports.map(({ id }: { id: string }) => id));
  for (const subnet of subnets)
    for (const { holder } of await records.all(ipAllocationsOf(subnet)))
      expect(ids).toContain(holder);
}

test.each(Object.entries(cases))(
  "%s has the same result when the answer of one of its writes is lost",
  async (_, prepare) => {
    const cloud = await start();
    const { call } = cloud;
    const path = `/v2.1/os-quota-sets/${projects.demo.id}`;
    const quota_set = { instances: -1, cores: -1, ram: -1 };
    await call("PUT", path, { as: "admin", body: { quota_set } });
    const run = await prepare(cloud, 0);
    cloud.commands.length = 0;
    const { status: expected, text } = await run();
    expect(expected, text).toBeLessThan(300);
    const writeCount = cloud.commands.filter((command) => Object.hasOwn(writes, command)).length;
    expect(writeCount).toBeGreaterThan(0);
    for (let n = 0; n < writeCount; n++) {
      const again = await prepare(cloud, n + 1);
      cloud.fail(writes as never, 1, n);
      const answer = await again();
      cloud.heal();
      expect([n, answer.status, answer.status === expected || answer.text]).toEqual([
        n,
        expected,
        true,
      ]);
    }
    cloud.pass(3_000);
    await expectConsistent(cloud);
  },
  60_000,
);
