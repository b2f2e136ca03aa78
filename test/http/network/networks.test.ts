import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { seedNetworks } from "../../../lambdas/network/repositories/networks.ts";
import { startCloud } from "../../support/cloud.ts";
import { neutronClient, neutronError, neutronPath } from "../../support/network.ts";

const [privateNet, publicNet] = seedNetworks;

test("a shared network and an external one exist from the start, visible to all", async () => {
  const { list } = neutronClient((await startCloud()).call);
  const all = await list("networks");
  expect(all.map(({ name }: { name: string }) => name).sort()).toEqual(["private", "public"]);
  expect(await list("networks", "?router:external=True&fields=name")).toEqual([{ name: "public" }]);
  expect(await list("networks", "?shared=true&fields=id")).toEqual([{ id: privateNet?.id }]);
  expect(await list("subnets", "?fields=cidr&sort_key=cidr&sort_dir=desc")).toEqual([
    { cidr: "172.24.0.0/16" },
    { cidr: "10.0.0.0/8" },
  ]);
});

test("a network is found by id, and by name only through the filter", async () => {
  const { call } = await startCloud();
  const { list } = neutronClient(call);
  const named = await call("GET", `${neutronPath}/networks/private`);
  expect(named.status).toBe(404);
  expect(named.json.NeutronError).toEqual({
    type: "NetworkNotFound",
    message: "Network private could not be found.",
    detail: "",
  });
  expect(await list("networks", "?name=private&name=other")).toHaveLength(1);
  expect(await list("networks", "?name=other")).toEqual([]);
  expect(await list("networks", "?colour=red")).toEqual(
    neutronError(400, "HTTPBadRequest", "['colour'] is invalid attribute for filtering"),
  );
});

test("a project's own network is visible to that project and administrators only", async () => {
  const { call } = await startCloud();
  const { make, change, remove, list } = neutronClient(call);
  const own = await make("networks", "network", { name: "mine" });
  expect(own).toMatchObject({
    project_id: projects.demo.id,
    tenant_id: projects.demo.id,
    status: "ACTIVE",
    shared: false,
    "router:external": false,
    admin_state_up: true,
  });
  const path = `${neutronPath}/networks/${own.id}`;
  expect((await call("GET", path, { as: "alt_demo" })).status).toBe(404);
  expect((await call("GET", path, { as: "admin" })).status).toBe(200);
  expect(await list("networks", "?name=mine", "alt_demo")).toEqual([]);
  expect(await remove("networks", privateNet?.id ?? "")).toEqual(
    neutronError(403, "PolicyNotAuthorized", "rule:delete_network is disallowed by policy"),
  );
  expect(await change("networks", "network", own.id, { name: "ours" })).toMatchObject({
    name: "ours",
    revision_number: 2,
  });
  expect(await remove("networks", own.id)).toBeNull();
  expect((await call("GET", path)).status).toBe(404);
});

test.each([
  [{ shared: true }, 403, "rule:create_network:shared is disallowed by policy"],
  [{ "router:external": true }, 403, "rule:create_network:router:external is disallowed by policy"],
  [{ colour: "red" }, 400, "Unrecognized attribute(s) 'colour'"],
  [{ status: "ACTIVE" }, 400, "Attribute 'status' not allowed in POST"],
  [{ name: 5 }, 400, "Invalid input for name. Reason: 5 is not a valid string."],
  [
    { admin_state_up: "perhaps" },
    400,
    "Invalid input for admin_state_up. Reason: 'perhaps' cannot be converted to boolean.",
  ],
])("a member's network %j is %i", async (body, status, message) => {
  const { make } = neutronClient((await startCloud()).call);
  expect(await make("networks", "network", body)).toMatchObject({ status, message });
});

test("a reader can read and not write", async () => {
  const { call } = await startCloud();
  const { list, make } = neutronClient(call);
  expect(await list("networks", "", "reader")).toHaveLength(2);
  expect(await make("networks", "network", {}, "reader")).toMatchObject({ status: 403 });
});

test("a page links to the next and the previous one", async () => {
  const { call, at } = await startCloud();
  const { make } = neutronClient(call);
  for (const name of ["a", "b", "c"]) await make("networks", "network", { name });
  const query = "?name=a&name=b&name=c&sort_key=name&sort_dir=asc&limit=2";
  const first = (await call("GET", `${neutronPath}/networks${query}`)).json;
  expect(first.networks.map(({ name }: { name: string }) => name)).toEqual(["a", "b"]);
  const [next] = first.networks_links;
  expect(next.rel).toBe("next");
  const second = (await call("GET", next.href.slice(at.length))).json;
  expect(second.networks.map(({ name }: { name: string }) => name)).toEqual(["c"]);
  expect(second.networks_links.map(({ rel }: { rel: string }) => rel)).toEqual(["previous"]);
  const back = (await call("GET", second.networks_links[0].href.slice(at.length))).json;
  expect(back.networks.map(({ name }: { name: string }) => name)).toEqual(["a", "b"]);
  expect((await call("GET", `${neutronPath}/networks?limit=some`)).status).toBe(400);
  expect((await call("GET", `${neutronPath}/networks?marker=none`)).status).toBe(404);
});

test("a subnet gets a gateway and a pool of all other addresses by default", async () => {
  const { place, make } = neutronClient((await startCloud()).call);
  const { subnet, network } = await place("192.168.3.0/24");
  expect(subnet).toMatchObject({
    gateway_ip: "192.168.3.1",
    allocation_pools: [{ start: "192.168.3.2", end: "192.168.3.254" }],
    enable_dhcp: true,
  });
  const say = (cidr: string, over: object = {}) =>
    make("subnets", "subnet", { network_id: network.id, ip_version: 4, cidr, ...over });
  expect(await say("192.168.4.0/30", { gateway_ip: null })).toMatchObject({
    gateway_ip: null,
    allocation_pools: [{ start: "192.168.4.1", end: "192.168.4.2" }],
  });
  expect(await say("fd00:5::/64", { ip_version: 6 })).toMatchObject({ gateway_ip: "fd00:5::1" });
  expect(await say("192.168.3.128/25")).toMatchObject({ status: 400, type: "InvalidInput" });
  expect(await say("192.168.5.9/24")).toMatchObject({
    message:
      "Invalid input for cidr. Reason: '192.168.5.9/24' isn't a recognized IP subnet cidr, '192.168.5.0/24' is recommended.",
  });
  expect(await say("nonsense")).toMatchObject({ status: 400 });
  const pool = (start: string, end: string) => ({ start: `10.1.0.${start}`, end: `10.1.0.${end}` });
  const pools = (...allocation_pools: object[]) => say("10.1.0.0/24", { allocation_pools });
  expect(await pools(pool("10", "20"), pool("15", "30"))).toEqual(
    neutronError(
      409,
      "OverlappingAllocationPools",
      "Found overlapping allocation pools: 10.1.0.10-10.1.0.20 10.1.0.15-10.1.0.30 for subnet 10.1.0.0/24.",
    ),
  );
  expect(await pools(pool("1", "20"))).toMatchObject({
    status: 409,
    type: "GatewayConflictWithAllocationPools",
  });
  expect(await pools({ start: "10.1.0.9", end: "10.1.1.9" })).toMatchObject({
    status: 400,
    type: "OutOfBoundsAllocationPool",
  });
  expect(await pools(pool("20", "10"))).toMatchObject({
    status: 400,
    type: "InvalidAllocationPool",
  });
});

test("of concurrent overlapping subnets one succeeds", async () => {
  const { make, list } = neutronClient((await startCloud()).call);
  const network = await make("networks", "network", {});
  const tried = await Promise.all(
    Array.from({ length: 6 }, () =>
      make("subnets", "subnet", { network_id: network.id, ip_version: 4, cidr: "10.2.0.0/24" }),
    ),
  );
  expect(tried.filter(({ id }) => id !== undefined)).toHaveLength(1);
  expect(await list("subnets", `?network_id=${network.id}`)).toHaveLength(1);
});

test("a network with a port and a subnet with an address cannot be deleted", async () => {
  const { place, make, remove } = neutronClient((await startCloud()).call);
  const { network, subnet } = await place("10.3.0.0/24");
  const port = await make("ports", "port", { network_id: network.id });
  expect(await remove("networks", network.id)).toMatchObject({ status: 409, type: "NetworkInUse" });
  expect(await remove("subnets", subnet.id)).toEqual(
    neutronError(
      409,
      "SubnetInUse",
      `Unable to complete operation on subnet ${subnet.id}: One or more ports have an IP allocation from this subnet.`,
    ),
  );
  await remove("ports", port.id);
  expect(await remove("subnets", subnet.id)).toBeNull();
  expect(await remove("networks", network.id)).toBeNull();
});

test("an administrator can delete the seeded networks for good", async () => {
  const { remove, list } = neutronClient((await startCloud()).call);
  expect(await remove("networks", publicNet?.id ?? "", "admin")).toBeNull();
  expect(await list("networks", "?fields=name")).toEqual([{ name: "private" }]);
});
