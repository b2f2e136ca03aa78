import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { startCloud } from "../../support/cloud.ts";
import { neutronClient, neutronError, neutronPath } from "../../support/network.ts";

async function startWithQuota(quota: Readonly<Record<string, number>>) {
  const { call } = await startCloud();
  const path = `${neutronPath}/quotas/${projects.demo.id}`;
  expect((await call("PUT", path, { as: "admin", body: { quota } })).status).toBe(200);
  return { call, ...neutronClient(call) };
}

const overQuota = (kind: string) =>
  neutronError(409, "OverQuota", `Quota exceeded for resources: ['${kind}'].`);

test("networks, subnets, ports and routers are refused over the project's quota", async () => {
  const { make } = await startWithQuota({ network: 1, subnet: 1, port: 1, router: 1 });
  const network = await make("networks", "network", { name: "one" });
  const subnet = { network_id: network.id, ip_version: 4, cidr: "10.1.0.0/24" };
  const creates = [
    ["networks", "network", { name: "two" }],
    ["subnets", "subnet", subnet],
    ["ports", "port", { network_id: network.id }],
    ["routers", "router", { name: "r" }],
  ] as const;
  for (const [collection, singular, body] of creates) {
    if (singular !== "network") expect((await make(collection, singular, body)).id).toBeDefined();
    const other = singular === "subnet" ? { ...body, cidr: "10.2.0.0/24" } : body;
    expect(await make(collection, singular, other)).toEqual(overQuota(singular));
  }
});

test("floating IPs, security groups and rules are refused over the project's quota", async () => {
  const quota = { floatingip: 0, security_group: 2, security_group_rule: 7 };
  const { make, list } = await startWithQuota(quota);
  const [external] = await list("networks", "?router:external=true");
  const floatingIp = { floating_network_id: external.id };
  expect(await make("floatingips", "floatingip", floatingIp)).toEqual(overQuota("floatingip"));
  const group = await make("security-groups", "security_group", { name: "one" });
  expect(await make("security-groups", "security_group", { name: "two" })).toEqual(
    overQuota("security_group"),
  );
  const rule = { security_group_id: group.id, direction: "ingress", protocol: "tcp" };
  const port = (number: number) => ({ port_range_min: number, port_range_max: number });
  const first = await make("security-group-rules", "security_group_rule", { ...rule, ...port(1) });
  expect(first.id).toBeDefined();
  expect(
    await make("security-group-rules", "security_group_rule", { ...rule, ...port(2) }),
  ).toEqual(overQuota("security_group_rule"));
});

test("a quota of -1 is unlimited, and another project's resources do not count", async () => {
  const { make } = await startWithQuota({ network: 0 });
  expect((await make("networks", "network", { name: "n" }, "alt_demo")).id).toBeDefined();
  const { make: makeUnlimited } = await startWithQuota({ network: -1 });
  expect((await makeUnlimited("networks", "network", { name: "n" })).id).toBeDefined();
});

test("a subnet has at most 5 DNS nameservers and 20 host routes", async () => {
  const { make, change, place } = await startWithQuota({});
  const { network, subnet: existing } = await place("10.1.0.0/24");
  const subnet = { network_id: network.id, ip_version: 4, cidr: "10.2.0.0/24" };
  const dns_nameservers = Array.from({ length: 6 }, (_, i) => `10.2.0.${i + 10}`);
  expect(await make("subnets", "subnet", { ...subnet, dns_nameservers })).toEqual(
    neutronError(
      400,
      "DNSNameServersExhausted",
      "Unable to complete operation for new subnet. The number of DNS nameservers exceeds the limit 5.",
    ),
  );
  const host_routes = Array.from({ length: 21 }, (_, i) => ({
    destination: `10.3.${i}.0/24`,
    nexthop: "10.2.0.2",
  }));
  expect(await make("subnets", "subnet", { ...subnet, host_routes })).toEqual(
    neutronError(
      400,
      "HostRoutesExhausted",
      "Unable to complete operation for new subnet. The number of host routes exceeds the limit 20.",
    ),
  );
  expect(await change("subnets", "subnet", existing.id, { host_routes })).toEqual(
    neutronError(
      400,
      "HostRoutesExhausted",
      `Unable to complete operation for ${existing.id}. The number of host routes exceeds the limit 20.`,
    ),
  );
});
