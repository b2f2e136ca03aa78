import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { seedNetworks } from "../../../lambdas/network/repositories/networks.ts";
import { startCloud } from "../../support/cloud.ts";
import { readItems } from "../../support/items.ts";
import { neutronClient } from "../../support/network.ts";

const [privateNet, publicNet] = seedNetworks;

interface Address {
  readonly addr: string;
}

test("servers created concurrently each have an address, and their ports show them", async () => {
  const { call, pass } = await startCloud();
  const { boot, list } = neutronClient(call);
  await Promise.all([boot({ min_count: 5 }), ...Array.from({ length: 5 }, () => boot())]);
  pass(2_000);
  const { servers } = (await call("GET", "/v2.1/servers/detail")).json;
  const shown = servers.flatMap(({ addresses }: { addresses: Record<string, Address[]> }) =>
    addresses["private"]?.map(({ addr }) => addr),
  );
  expect(new Set(shown).size).toBe(10);
  const ports = await list("ports", `?device_id=${servers[0].id}`);
  expect(ports).toMatchObject([
    {
      device_owner: "compute:nova",
      network_id: privateNet?.id,
      status: "ACTIVE",
      fixed_ips: [{ ip_address: servers[0].addresses.private[0].addr }],
      mac_address: servers[0].addresses.private[0]["OS-EXT-IPS-MAC:mac_addr"],
    },
  ]);
});

test("deleting a server deletes its ports and releases its addresses", async () => {
  const { call, pass, table } = await startCloud();
  const { boot, place, make, list } = neutronClient(call);
  const { network } = await place("10.8.0.0/24");
  const port = await make("ports", "port", { network_id: network.id });
  const before = (await readItems(table)).filter(({ pk }) =>
    /^(ADDRESSES|PORTS#)/.test(pk?.S ?? ""),
  );
  const { server } = (await boot({ networks: [{ uuid: privateNet?.id }, { port: port.id }] })).json;
  pass(2_000);
  expect(await list("ports", `?device_id=${server.id}`)).toHaveLength(2);
  const twice = await boot({ networks: [{ port: port.id }] });
  expect(twice.status).toBe(409);
  expect(twice.json.conflictingRequest.message).toBe(`Port ${port.id} is still in use.`);
  await call("DELETE", `/v2.1/servers/${server.id}`);
  const [left] = await list("ports");
  expect(left).toMatchObject({ id: port.id, device_id: "", device_owner: "", status: "DOWN" });
  const after = (await readItems(table)).filter(({ pk }) =>
    /^(ADDRESSES|PORTS#)/.test(pk?.S ?? ""),
  );
  const keys = (items: typeof before) => items.map(({ pk, sk }) => `${pk?.S} ${sk?.S}`);
  expect(keys(after)).toEqual(keys(before));
});

test("a create without a free address becomes ERROR, and keeps no address and no port", async () => {
  const { call, table, pass } = await startCloud();
  const { boot, place, make } = neutronClient(call);
  const { network } = await place("10.9.0.0/30"); // One address beside the gateway.
  await make("ports", "port", { network_id: network.id });
  const before = await readItems(table);
  const reply = await boot({
    min_count: 3,
    networks: [{ uuid: privateNet?.id }, { uuid: network.id }],
  });
  expect(reply.status).toBe(202);
  pass(1_000);
  const after = await readItems(table);
  for (const kept of ["ADDRESSES", "PORTS#"])
    expect(after.filter(({ pk }) => pk?.S?.startsWith(kept))).toEqual(
      before.filter(({ pk }) => pk?.S?.startsWith(kept)),
    );
  const { servers } = (await call("GET", "/v2.1/servers/detail")).json;
  expect(servers.map(({ status }: { status: string }) => status)).toEqual(Array(3).fill("ERROR"));
  for (const { id } of servers) await call("DELETE", `/v2.1/servers/${id}`);
  expect((await boot({ min_count: 10 })).status).toBe(409); // Two networks exist, and the request
  // names none.
  expect((await boot({ min_count: 10, networks: [{ uuid: privateNet?.id }] })).status).toBe(202);
});

test.each([
  [
    [{ uuid: publicNet?.id }],
    403,
    `It is not allowed to create an interface on external network ${publicNet?.id}`,
  ],
  [
    [{ uuid: "0f0b2c52-3c1e-4b1c-a5ee-0a2e4a2ee0a1" }],
    400,
    "Network 0f0b2c52-3c1e-4b1c-a5ee-0a2e4a2ee0a1 could not be found.",
  ],
  [[{}], 400, "Bad networks format: network uuid is not in proper format (None)"],
])("networks %j are %i", async (requested, status, message) => {
  const { boot } = neutronClient((await startCloud()).call);
  const reply = await boot({ networks: requested });
  expect(reply.status).toBe(status);
  expect(Object.values(reply.json)).toMatchObject([{ message }]);
});

test("with several networks the request must name one", async () => {
  const { call, pass } = await startCloud();
  const { boot, place, addresses } = neutronClient(call);
  const { network } = await place("10.10.0.0/24");
  const reply = await boot();
  expect(reply.status).toBe(409);
  expect(reply.json.conflictingRequest.message).toBe(
    "Multiple possible networks found, use a Network ID to be more specific.",
  );
  const requested = [{ uuid: network.id, fixed_ip: "10.10.0.44" }, { uuid: privateNet?.id }];
  const { server } = (await boot({ networks: requested })).json;
  pass(2_000);
  const [own, shared] = await addresses(server.id);
  expect(own).toBe("net 10.10.0.44 fixed");
  expect(shared).toMatch(/^private 10\./);
  const again = await boot({ networks: [{ uuid: network.id, fixed_ip: "10.10.0.44" }] });
  expect(again.status).toBe(400);
  expect(again.json.badRequest.message).toMatch(/^Fixed IP address 10.10.0.44 is already in use/);
});

test("a floating IP is shown on its server only", async () => {
  const { call, pass } = await startCloud();
  const { boot, make, change, list, addresses, remove } = neutronClient(call);
  const { server } = (await boot()).json;
  const other = (await boot()).json.server;
  pass(2_000);
  const [[port], [second]] = await Promise.all(
    [server, other].map(({ id }) => list("ports", `?device_id=${id}`)),
  );
  const attributes = { floating_network_id: publicNet?.id, port_id: port.id };
  const floating = await make("floatingips", "floatingip", attributes);
  const shown = `private ${floating.floating_ip_address} floating`;
  expect(floating).toMatchObject({
    status: "ACTIVE",
    fixed_ip_address: port.fixed_ips[0].ip_address,
  });
  expect(await addresses(server.id)).toContain(shown);
  expect(await make("floatingips", "floatingip", attributes)).toMatchObject({
    status: 409,
    type: "FloatingIPPortAlreadyAssociated",
  });
  await change("floatingips", "floatingip", floating.id, { port_id: second.id });
  expect(await addresses(server.id)).not.toContain(shown);
  expect(await addresses(other.id)).toContain(shown);
  await call("DELETE", `/v2.1/servers/${other.id}`);
  expect(await list("floatingips")).toMatchObject([{ port_id: null, status: "DOWN" }]);
  expect(await remove("floatingips", floating.id)).toBeNull();
  expect(
    await make("floatingips", "floatingip", { floating_network_id: privateNet?.id }),
  ).toMatchObject({
    status: 400,
    type: "BadRequest",
  });
});

test("a server's security groups are those of its ports, at create and by the two actions", async () => {
  const { call, pass } = await startCloud();
  const { boot, make } = neutronClient(call);
  const unknown = await boot({ security_groups: [{ name: "web" }] });
  expect(unknown.json.badRequest.message).toBe(
    `Security group web not found for project ${projects.demo.id}.`,
  );
  await make("security-groups", "security_group", { name: "web" });
  const { server } = (await boot({ security_groups: [{ name: "web" }] })).json;
  pass(2_000);
  const at = `/v2.1/servers/${server.id}`;
  const groups = async () => (await call("GET", at)).json.server.security_groups;
  const act = (verb: string, name: string) =>
    call("POST", `${at}/action`, { body: { [verb]: { name } } });
  expect(await groups()).toEqual([{ name: "web" }]);
  expect((await act("addSecurityGroup", "default")).status).toBe(202);
  expect(await groups()).toEqual([{ name: "web" }, { name: "default" }]);
  expect((await act("removeSecurityGroup", "web")).status).toBe(202);
  expect(await groups()).toEqual([{ name: "default" }]);
  const gone = await act("removeSecurityGroup", "web");
  expect(gone.status).toBe(404);
  expect(gone.json.itemNotFound.message).toBe(
    `Security group web not associated with the instance ${server.id}`,
  );
  expect((await act("addSecurityGroup", "nope")).json.itemNotFound.message).toBe(
    `Security group nope is not found for project ${projects.demo.id}`,
  );
  const { security_groups } = (await call("GET", `${at}/os-security-groups`)).json;
  expect(security_groups).toMatchObject([
    { name: "default", rules: [{ group: { name: "default" } }, {}] },
  ]);
});

test("a network interface is attached to a running server and detached", async () => {
  const { call, pass } = await startCloud();
  const { boot, place, addresses, list } = neutronClient(call);
  const { server } = (await boot()).json;
  const at = `/v2.1/servers/${server.id}`;
  const { network } = await place("10.11.0.0/24");
  const body = { interfaceAttachment: { net_id: network.id } };
  const early = await call("POST", `${at}/os-interface`, { body });
  expect(early.json.conflictingRequest.message).toBe(
    `Cannot 'attach_interface' instance ${server.id} while it is in vm_state building`,
  );
  pass(2_000);
  const { status, json } = await call("POST", `${at}/os-interface`, { body });
  expect(status).toBe(200);
  const { port_id, fixed_ips } = json.interfaceAttachment;
  expect(await addresses(server.id)).toContain(`net ${fixed_ips[0].ip_address} fixed`);
  expect((await call("GET", `${at}/ips/net`)).json).toEqual({
    net: [{ version: 4, addr: fixed_ips[0].ip_address }],
  });
  expect((await call("DELETE", `${at}/os-interface/${port_id}`)).status).toBe(202);
  expect(await addresses(server.id)).toHaveLength(1);
  expect(await list("ports", `?network_id=${network.id}`)).toEqual([]);
  expect((await call("GET", `${at}/ips/net`)).status).toBe(404);
  expect((await call("DELETE", `${at}/os-interface/${port_id}`)).status).toBe(404);
});
