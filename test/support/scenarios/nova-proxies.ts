import type { Server } from "../../../lambdas/compute/model/server.ts";
import { seedNetworks } from "../../../lambdas/network/repositories/networks.ts";
import type { SendRequest } from "../send-request.ts";

const [privateNet] = seedNetworks;

export async function novaProxiesScenario(
  ask: SendRequest,
  server: Pick<Server, "id">,
): Promise<void> {
  const groups = "/v2.1/os-security-groups";
  const security_group = { name: "proxied", description: "" };
  const group = (await ask("POST", groups, { body: { security_group } })).json.security_group;
  await ask("POST", groups, { as: "alt_demo", body: { security_group } });
  await ask("PUT", `${groups}/${group.id}`, { body: { security_group } });
  await ask("GET", `${groups}?all_tenants=1`, { as: "admin" });
  const rules = "/v2.1/os-security-group-rules";
  const ports = { ip_protocol: "tcp", from_port: 1, to_port: 2 };
  const security_group_rule = { parent_group_id: group.id, ...ports };
  const createdRule = await ask("POST", rules, { body: { security_group_rule } });
  await ask("POST", rules, {
    body: { security_group_rule: { ...security_group_rule, group_id: group.id } },
  });
  await ask("DELETE", `${rules}/${createdRule.json.security_group_rule.id}`);
  await ask("DELETE", `${groups}/${group.id}`);

  for (const path of ["os-networks", "os-tenant-networks", "os-floating-ip-pools"])
    await ask("GET", `/v2.1/${path}`);
  for (const path of ["os-networks", "os-tenant-networks"])
    await ask("GET", `/v2.1/${path}/${privateNet?.id}`);

  const floating = "/v2.1/os-floating-ips";
  const allocated = async () => (await ask("POST", floating, { body: {} })).json.floating_ip;
  const [one, other] = [await allocated(), await allocated()];
  const empty = { name: "empty", "router:external": true };
  await ask("POST", "/network/v2.0/networks", { as: "admin", body: { network: empty } });
  await ask("POST", floating, { body: { pool: "empty" } });
  const act = (body: object) => ask("POST", `/v2.1/servers/${server.id}/action`, { body });
  await act({ addFloatingIp: { address: one.ip } });
  await act({ addFloatingIp: { address: other.ip } });
  await ask("GET", floating);
  await ask("GET", `${floating}/${one.id}`);
  await act({ removeFloatingIp: { address: one.ip } });
  await act({ addFloatingIp: { address: one.ip } });
  for (const { id } of [one, other]) await ask("DELETE", `${floating}/${id}`);

  await act({ addFixedIp: { networkId: privateNet?.id } });
  const { addresses } = (await ask("GET", `/v2.1/servers/${server.id}`)).json.server;
  await act({ removeFixedIp: { address: addresses.private.at(-1).addr } });
}
