import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { neutronClient, neutronError } from "../../support/network.ts";

interface Port {
  readonly id: string;
  readonly status: number | string;
  readonly fixed_ips: readonly { readonly ip_address: string }[];
}

test("concurrent ports never share an address, and use all of them", async () => {
  const { call } = await startCloud();
  const { place, make, remove } = neutronClient(call);
  const { network } = await place("10.4.0.0/27"); // 29 addresses beside the gateway.
  const tried: Port[] = await Promise.all(
    Array.from({ length: 40 }, () => make("ports", "port", { network_id: network.id })),
  );
  const made = tried.filter(({ id }) => id !== undefined);
  const addresses = made.flatMap(({ fixed_ips }) => fixed_ips.map((one) => one.ip_address));
  expect(new Set(addresses).size).toBe(29);
  expect(addresses).toHaveLength(29);
  expect(tried.find(({ status }) => status === 409)).toEqual(
    neutronError(
      409,
      "IpAddressGenerationFailure",
      `No more IP addresses available on network ${network.id}.`,
    ),
  );
  await remove("ports", made[0]?.id ?? "");
  const next = await make("ports", "port", { network_id: network.id });
  expect(next.fixed_ips).toEqual(made[0]?.fixed_ips);
});

test("a port gets the addresses it requests, and can request others later", async () => {
  const { call } = await startCloud();
  const { place, make, change, list } = neutronClient(call);
  const { network, subnet } = await place("10.5.0.0/24");
  const ask = (...fixed_ips: object[]) =>
    make("ports", "port", { network_id: network.id, fixed_ips });
  const port = await ask({ ip_address: "10.5.0.9" });
  expect(port.fixed_ips).toEqual([{ subnet_id: subnet.id, ip_address: "10.5.0.9" }]);
  expect(port).toMatchObject({ status: "DOWN", device_id: "", "binding:vnic_type": "normal" });
  expect(port.mac_address).toMatch(/^fa:16:3e(:[0-9a-f]{2}){3}$/);
  expect(await ask({ ip_address: "10.5.0.9" })).toEqual(
    neutronError(
      409,
      "IpAddressAlreadyAllocated",
      `IP address 10.5.0.9 already allocated in subnet ${subnet.id}`,
    ),
  );
  // A refused request releases its addresses.
  expect(await ask({ ip_address: "10.5.0.7" }, { ip_address: "10.5.0.9" })).toMatchObject({
    status: 409,
  });
  expect(await ask({ ip_address: "10.5.0.7" })).toMatchObject({ status: "DOWN" });
  expect(await ask({ ip_address: "10.6.0.7" })).toMatchObject({
    status: 400,
    type: "InvalidIpForNetwork",
  });
  expect((await ask()).fixed_ips).toEqual([]);

  const to = { fixed_ips: [{ ip_address: "10.5.0.9" }, { ip_address: "10.5.0.8" }] };
  expect((await change("ports", "port", port.id, to)).fixed_ips).toHaveLength(2);
  await change("ports", "port", port.id, { fixed_ips: [{ ip_address: "10.5.0.8" }] });
  expect(await list("ports", "?fixed_ips=ip_address=10.5.0.8&fields=id")).toEqual([
    { id: port.id },
  ]);
  expect(await ask({ ip_address: "10.5.0.9" })).toMatchObject({ status: "DOWN" });
});

test("a port is in the default group or the groups it names, and in no other project's", async () => {
  const { call } = await startCloud();
  const { place, make, remove, list } = neutronClient(call);
  const { network } = await place("10.6.0.0/24");
  const [own] = await list("security-groups");
  const [foreign] = await list("security-groups", "", "alt_demo");
  const port = await make("ports", "port", { network_id: network.id });
  expect(port.security_groups).toEqual([own.id]);
  const web = await make("security-groups", "security_group", { name: "web" });
  const ask = (group: string) =>
    make("ports", "port", { network_id: network.id, security_groups: [group] });
  expect((await ask(web.id)).security_groups).toEqual([web.id]);
  expect(await ask(foreign.id)).toMatchObject({ status: 404, type: "SecurityGroupNotFound" });
  expect(await remove("security-groups", web.id)).toEqual(
    neutronError(409, "SecurityGroupInUse", `Security Group ${web.id} in use.`),
  );
});

test("every project has a default group with the same four rules", async () => {
  const { call } = await startCloud();
  const { list, remove } = neutronClient(call);
  const [group, ...more] = await list("security-groups");
  expect(more).toEqual([]);
  expect(group).toMatchObject({ name: "default", description: "Default security group" });
  const ruleTexts = group.security_group_rules.map(
    (rule: { direction: string; ethertype: string; remote_group_id: string | null }) =>
      `${rule.direction} ${rule.ethertype} ${rule.remote_group_id === group.id}`,
  );
  expect(ruleTexts.sort()).toEqual([
    "egress IPv4 false",
    "egress IPv6 false",
    "ingress IPv4 true",
    "ingress IPv6 true",
  ]);
  expect((await list("security-groups"))[0]).toEqual(group);
  expect((await list("security-groups", "", "alt_demo"))[0].id).not.toBe(group.id);
  expect(await remove("security-groups", group.id)).toMatchObject({ status: 409 });
});

test("a duplicate rule is refused", async () => {
  const { call } = await startCloud();
  const { make, list, remove } = neutronClient(call);
  const group = await make("security-groups", "security_group", { name: "web" });
  expect(group.security_group_rules).toHaveLength(2);
  const ask = (over: object) =>
    make("security-group-rules", "security_group_rule", {
      security_group_id: group.id,
      direction: "ingress",
      ...over,
    });
  const ssh = {
    protocol: "tcp",
    port_range_min: 22,
    port_range_max: 22,
    remote_ip_prefix: "0.0.0.0/0",
  };
  const rule = await ask(ssh);
  expect(rule).toMatchObject({ ...ssh, ethertype: "IPv4", security_group_id: group.id });
  expect(await ask(ssh)).toEqual(
    neutronError(
      409,
      "SecurityGroupRuleExists",
      `Security group rule already exists. Rule id is ${rule.id}.`,
    ),
  );
  expect(await ask({ port_range_min: 1, port_range_max: 2 })).toMatchObject({
    type: "SecurityGroupProtocolRequiredWithPorts",
  });
  expect(await ask({ protocol: "tcp", port_range_min: 9, port_range_max: 2 })).toMatchObject({
    type: "SecurityGroupInvalidPortRange",
  });
  expect(await ask({ protocol: "smoke" })).toMatchObject({
    type: "SecurityGroupRuleInvalidProtocol",
  });
  expect(await ask({ remote_ip_prefix: "fd00::/64" })).toMatchObject({
    type: "SecurityGroupRuleParameterConflict",
  });
  expect(await list("security-group-rules", `?security_group_id=${group.id}`)).toHaveLength(3);
  expect(await remove("security-group-rules", rule.id)).toBeNull();
  expect(await remove("security-group-rules", rule.id)).toMatchObject({ status: 404 });
});

test("a router takes the gateway address of a subnet, which cannot be deleted meanwhile", async () => {
  const { call } = await startCloud();
  const { place, make, remove, list } = neutronClient(call);
  const { subnet } = await place("10.7.0.0/24");
  const [outer] = await list("networks", "?name=public");
  const gateway = { network_id: outer.id };
  const router = await make("routers", "router", { name: "r", external_gateway_info: gateway });
  expect(router.external_gateway_info.external_fixed_ips).toHaveLength(1);
  const createPort = (verb: string) =>
    call("PUT", `/network/v2.0/routers/${router.id}/${verb}_router_interface`, {
      body: { subnet_id: subnet.id },
    });
  const { json } = await createPort("add");
  expect(json).toMatchObject({ id: router.id, subnet_id: subnet.id });
  expect(await list("ports", `?device_id=${router.id}`)).toMatchObject([
    { fixed_ips: [{ ip_address: "10.7.0.1" }], device_owner: "network:router_interface" },
  ]);
  expect((await createPort("add")).json.NeutronError.message).toBe(
    `Bad router request: Router already has a port on subnet ${subnet.id}.`,
  );
  expect(await remove("routers", router.id)).toEqual(
    neutronError(409, "RouterInUse", `Router ${router.id} still has ports`),
  );
  expect(await remove("ports", json.port_id)).toMatchObject({ type: "ServicePortInUse" });
  expect((await createPort("remove")).status).toBe(200);
  expect((await createPort("remove")).status).toBe(404);
  expect(await remove("routers", router.id)).toBeNull();
});
