import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { neutronClient } from "../../support/network.ts";

async function startWithProxies() {
  const at = await startCloud();
  const groups = "/v2.1/os-security-groups";
  const rules = "/v2.1/os-security-group-rules";
  const group = async (name: string, as = "demo") =>
    (
      await at.call("POST", groups, {
        as,
        body: { security_group: { name, description: `${name}'s` } },
      })
    ).json.security_group;
  const rule = (says: object) =>
    at
      .call("POST", rules, { body: { security_group_rule: says } })
      .then(({ status, json }) => (status === 200 ? json.security_group_rule : [status, json]));
  return { ...at, groups, rules, group, rule };
}

test("a security group is created, renamed and deleted through Nova, and Neutron shows it", async () => {
  const { call, groups, group } = await startWithProxies();
  const made = await group("web");
  expect(made).toMatchObject({ name: "web", description: "web's", rules: [] });
  const { list } = neutronClient(call);
  expect(await list("security-groups", "?name=web")).toMatchObject([
    { id: made.id, security_group_rules: [{ direction: "egress" }, { direction: "egress" }] },
  ]);
  const body = { security_group: { name: "web2", description: "" } };
  const changed = await call("PUT", `${groups}/${made.id}`, { body });
  expect(changed.json.security_group).toEqual({ ...made, name: "web2", description: "" });
  expect((await call("GET", `${groups}/${made.id}`)).json).toEqual(changed.json);
  expect((await call("DELETE", `${groups}/${made.id}`)).status).toBe(202);
  expect((await call("GET", `${groups}/${made.id}`)).status).toBe(404);
  expect((await call("DELETE", `${groups}/not-a-uuid`)).json.badRequest.message).toBe(
    "Security group id should be uuid",
  );
});

test("the default group and a group in use cannot be deleted by members, and default cannot be created", async () => {
  const { call, groups, group } = await startWithProxies();
  const body = { security_group: { name: "default", description: "" } };
  expect((await call("POST", groups, { body })).status).toBe(403);
  const [usual] = (await call("GET", groups)).json.security_groups;
  expect((await call("DELETE", `${groups}/${usual.id}`)).json.badRequest.message).toBe(
    "Insufficient rights for removing default security group.",
  );
  const made = await group("busy");
  const { make, list } = neutronClient(call);
  const [network] = await list("networks", "?name=private");
  await make("ports", "port", { network_id: network.id, security_groups: [made.id] });
  expect((await call("DELETE", `${groups}/${made.id}`)).json.badRequest.message).toBe(
    `Security Group ${made.id} in use.`,
  );
});

test("a rule is shown in Nova's format and deleted", async () => {
  const { call, groups, rules, group, rule } = await startWithProxies();
  const [one, other] = [await group("one"), await group("other")];
  const says = { parent_group_id: one.id, ip_protocol: "TCP", from_port: "22", to_port: 23 };
  const made = await rule({ ...says, cidr: "10.2.0.0/16" });
  expect(made).toEqual({
    id: made.id,
    parent_group_id: one.id,
    ip_protocol: "tcp",
    from_port: 22,
    to_port: 23,
    group: {},
    ip_range: { cidr: "10.2.0.0/16" },
  });
  expect(await rule({ parent_group_id: one.id, ip_protocol: "icmp", group_id: other.id })).toEqual(
    expect.objectContaining({
      from_port: -1,
      to_port: -1,
      group: { name: "other", tenant_id: one.tenant_id },
      ip_range: {},
    }),
  );
  const shown = await call("GET", `${groups}/${one.id}`);
  expect(shown.json.security_group.rules).toHaveLength(2);
  expect((await call("DELETE", `${rules}/${made.id}`)).status).toBe(202);
  expect((await call("DELETE", `${rules}/${made.id}`)).status).toBe(404);
});

test.each([
  [
    { ip_protocol: "tcp", from_port: 22, to_port: 22, cidr: "10.0.0" },
    "10.0.0 is not a valid IP network.",
  ],
  [
    { ip_protocol: "tcp", from_port: 0, to_port: 22 },
    "Invalid port range 0:22. Valid TCP ports should be between 1-65535",
  ],
  [
    { ip_protocol: "udp", from_port: 9, to_port: 8 },
    "Invalid port range 9:8. Former value cannot be greater than the later",
  ],
  [
    { ip_protocol: "icmp", from_port: 0, to_port: 256 },
    "Invalid port range 0:256. For ICMP, the type:code must be valid",
  ],
  [{ ip_protocol: "gre", from_port: 1, to_port: 2 }, "Invalid IP protocol gre."],
  [
    { ip_protocol: "tcp", from_port: "a", to_port: 2 },
    "Invalid input received: To and From ports must be integers",
  ],
  [{ ip_protocol: "tcp" }, "Not enough parameters to build a valid rule."],
  [{ from_port: 1, to_port: 2 }, "Not enough parameters to build a valid rule."],
])("a rule with %j is refused", async (says, message) => {
  const { group, rule } = await startWithProxies();
  const { id } = await group("one");
  expect(await rule({ parent_group_id: id, ...says })).toEqual([
    400,
    { badRequest: { message, code: 400 } },
  ]);
});

test("a duplicate rule is refused, and so is one in an unknown group", async () => {
  const { group, rule } = await startWithProxies();
  const { id } = await group("one");
  const says = { parent_group_id: id, ip_protocol: "tcp", from_port: 1, to_port: 2 };
  await rule(says);
  expect(await rule(says)).toMatchObject([400, {}]);
  const foreign = await group("theirs", "alt_demo");
  expect(await rule({ ...says, parent_group_id: foreign.id })).toMatchObject([404, {}]);
});

test("an administrator sees all projects' groups, by project and name, and may delete a default group", async () => {
  const { call, groups, group } = await startWithProxies();
  await group("theirs", "alt_demo");
  const named = async (query: string, as: string) =>
    (await call("GET", `${groups}${query}`, { as })).json.security_groups.map(
      ({ tenant_id, name }: { tenant_id: string; name: string }) => `${tenant_id} ${name}`,
    );
  const all = await named("?all_tenants=1", "admin");
  expect(all).toContainEqual(expect.stringContaining(" theirs"));
  expect(all).toEqual(all.toSorted());
  expect(await named("?all_tenants=1", "demo")).toEqual([expect.stringMatching(/ default$/)]);
  const { list, remove } = neutronClient(call);
  const [usual] = await list("security-groups", "?name=default", "alt_demo");
  expect(await remove("security-groups", usual.id, "admin")).toBeNull();
  expect(await list("security-groups", "?name=default", "alt_demo")).toMatchObject([
    { id: usual.id },
  ]);
});

test("the proxy does not exist from 2.36 on", async () => {
  const { call, groups, rules } = await startWithProxies();
  const headers = { "openstack-api-version": "compute 2.36" };
  const body = { security_group: { name: "a", description: "" } };
  expect((await call("POST", groups, { headers, body })).status).toBe(404);
  expect((await call("DELETE", `${rules}/x`, { headers })).status).toBe(404);
});
