import { expect, test } from "vitest";
import { seedNetworks } from "../../../lambdas/network/repositories/networks.ts";
import { startCloud } from "../../support/cloud.ts";
import { readItems } from "../../support/items.ts";
import { neutronClient } from "../../support/network.ts";

const [privateNet, publicNet] = seedNetworks;
const floatingIps = "/v2.1/os-floating-ips";

async function startWithNetworkedServer() {
  const at = await startCloud();
  const { boot, addresses, list } = neutronClient(at.call);
  const { id } = (await boot()).json.server;
  at.pass(2_000);
  const act = (body: object, as = "demo") =>
    at.call("POST", `/v2.1/servers/${id}/action`, { as, body });
  const allocate = async (body: object = {}) =>
    (await at.call("POST", floatingIps, { body })).json.floating_ip;
  const fixed = async () => (await addresses(id)).filter((one) => one.endsWith(" fixed"));
  return { ...at, id, act, allocate, fixed, boot, list, addresses: () => addresses(id) };
}

test("through Nova a floating IP is allocated from a pool, associated with a server and released", async () => {
  const { call, id, act, allocate, addresses, list } = await startWithNetworkedServer();
  expect((await call("GET", "/v2.1/os-floating-ip-pools")).json).toEqual({
    floating_ip_pools: [{ name: "public" }],
  });
  const one = await allocate({ pool: publicNet?.id });
  expect(one).toMatchObject({ fixed_ip: null, instance_id: null, pool: "public" });
  expect((await act({ addFloatingIp: { address: one.ip } })).status).toBe(202);
  expect(await addresses()).toContain(`private ${one.ip} floating`);
  const shown = (await call("GET", `${floatingIps}/${one.id}`)).json.floating_ip;
  expect(shown).toEqual({ ...one, instance_id: id, fixed_ip: expect.stringMatching(/^10\./) });
  expect((await call("GET", floatingIps)).json.floating_ips).toEqual([shown]);
  expect((await act({ removeFloatingIp: { address: one.ip } })).status).toBe(202);
  expect(await addresses()).not.toContain(`private ${one.ip} floating`);
  expect((await call("DELETE", `${floatingIps}/${one.id}`)).status).toBe(202);
  expect(await list("floatingips")).toEqual([]);
  expect((await call("GET", `${floatingIps}/${one.id}`)).json.itemNotFound.message).toBe(
    `Floating IP not found for ID ${one.id}`,
  );
});

test("an impossible association is refused with Nova's message", async () => {
  const { call, id, act, allocate, boot, pass } = await startWithNetworkedServer();
  expect(
    (await call("POST", floatingIps, { body: { pool: "none" } })).json.itemNotFound.message,
  ).toBe("Floating IP pool not found.");
  const add = async (says: object) => {
    const { status, json } = await act({ addFloatingIp: says });
    return [status, (json.badRequest ?? json.itemNotFound).message];
  };
  expect(await add({ address: "172.24.9.9" })).toEqual([404, "floating IP not found"]);
  const [one, other] = [await allocate(), await allocate()];
  expect(await add({ address: one.ip, fixed_address: "10.9.9.9" })).toEqual([
    400,
    "Specified fixed address not assigned to instance",
  ]);
  await act({ addFloatingIp: { address: one.ip } });
  expect(await add({ address: other.ip })).toEqual([
    400,
    expect.stringContaining("as that fixed IP already has a floating IP"),
  ]);
  expect(await add({ address: "x" })).toEqual([400, expect.stringContaining("address. Value: x")]);
  const remove = (address: string) => act({ removeFloatingIp: { address } });
  expect((await remove(other.ip)).json.conflictingRequest.message).toBe(
    `Floating IP ${other.ip} is not associated with instance ${id}.`,
  );
  expect((await remove("172.24.9.9")).json.itemNotFound.message).toBe(
    "Floating IP not found for address 172.24.9.9.",
  );
  const bare = (await boot({ networks: "none" })).json.server;
  expect(bare).toBeUndefined();
  const headers = { "openstack-api-version": "compute 2.37" };
  const body = { server: { name: "bare", imageRef: "", flavorRef: "1", networks: "none" } };
  body.server.imageRef = (await call("GET", "/v2.1/images")).json.images[0].id;
  body.server.flavorRef = "3";
  const alone = (await call("POST", "/v2.1/servers", { headers, body })).json.server.id;
  pass(2_000);
  const options = { body: { addFloatingIp: { address: other.ip } } };
  expect(
    (await call("POST", `/v2.1/servers/${alone}/action`, options)).json.badRequest.message,
  ).toBe("Instance network is not ready yet");
});

test("a fixed address is added, removed and released", async () => {
  const { act, fixed, table } = await startWithNetworkedServer();
  const claims = async () =>
    (await readItems(table)).filter(({ pk }) => /^ADDRESSES/.test(pk?.S ?? "")).length;
  const [before, had] = [await claims(), await fixed()];
  expect((await act({ addFixedIp: { networkId: privateNet?.id } })).status).toBe(202);
  const both = await fixed();
  expect(both).toHaveLength(2);
  const added = both.find((one) => !had.includes(one))?.split(" ")[1] ?? "";
  expect((await act({ removeFixedIp: { address: added } })).status).toBe(202);
  expect([await claims(), await fixed()]).toEqual([before, had]);
  // An impossible removal reports no error.
  expect((await act({ removeFixedIp: { address: added } })).status).toBe(202);
  expect((await act({ addFixedIp: { networkId: publicNet?.id } })).status).toBe(202);
  expect(await fixed()).toEqual(had);
});

test("users cannot change a locked server's fixed addresses and interfaces", async () => {
  const { call, id, act, fixed } = await startWithNetworkedServer();
  await act({ lock: null });
  const add = { addFixedIp: { networkId: privateNet?.id } };
  const message = `Instance ${id} is locked`;
  expect((await act(add)).json.conflictingRequest.message).toBe(message);
  expect((await act({ removeFixedIp: { address: "10.0.0.9" } })).status).toBe(409);
  const attach = () => call("POST", `/v2.1/servers/${id}/os-interface`, { body: {} });
  expect((await attach()).json.conflictingRequest.message).toBe(message);
  expect(await fixed()).toHaveLength(1);
  expect((await act(add, "admin")).status).toBe(202);
  expect(await fixed()).toHaveLength(2);
});

test("networks are shown with Nova's old members, up to 2.35", async () => {
  const { call } = await startCloud();
  const { networks } = (await call("GET", "/v2.1/os-networks")).json;
  expect(networks).toContainEqual(
    expect.objectContaining({ id: privateNet?.id, label: "private", cidr: null }),
  );
  expect(networks[0]).not.toHaveProperty("bridge");
  const one = (path: string, as: string) => call("GET", `/v2.1/${path}/${privateNet?.id}`, { as });
  expect((await one("os-networks", "admin")).json.network).toHaveProperty("bridge", null);
  expect((await one("os-tenant-networks", "demo")).json).toEqual({
    network: { id: privateNet?.id, cidr: "None", label: "private" },
  });
  const unknown = await call(
    "GET",
    "/v2.1/os-tenant-networks/0199340e-0f3e-4612-96be-6f1861b192b5",
  );
  expect(unknown.json.itemNotFound.message).toBe("Network not found");
  const headers = { "openstack-api-version": "compute 2.36" };
  for (const path of ["os-networks", "os-tenant-networks", "os-floating-ips"])
    expect((await call("GET", `/v2.1/${path}`, { headers })).status).toBe(404);
});

test("Nova's address actions do not exist from 2.44 on", async () => {
  const { call, id } = await startWithNetworkedServer();
  const headers = { "openstack-api-version": "compute 2.44" };
  for (const body of [
    { addFloatingIp: { address: "172.24.0.9" } },
    { removeFixedIp: { address: "10.0.0.9" } },
  ])
    expect((await call("POST", `/v2.1/servers/${id}/action`, { headers, body })).status).toBe(404);
});
