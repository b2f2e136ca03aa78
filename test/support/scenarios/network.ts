import { seedImages } from "../../../lambdas/image/model/image.ts";
import { seedNetworks } from "../../../lambdas/network/repositories/networks.ts";
import type { SendRequest } from "../send-request.ts";
import { novaProxiesScenario } from "./nova-proxies.ts";

const [privateNet, publicNet] = seedNetworks;
const outOfRangeIp = { ip_address: "192.0.2.9" };

export async function networkScenario(ask: SendRequest, pass: (milliseconds: number) => void) {
  const v2 = "/network/v2.0";
  const post = async (kind: string, one: string, body: object, as = "demo") =>
    (await ask("POST", `${v2}/${kind}`, { as, body: { [one]: body } })).json[one];
  const boot = async (networks: object[]) => {
    const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", networks };
    return (await ask("POST", "/v2.1/servers", { body: { server } })).json.server?.id;
  };
  const all = async (kind: string, one: string, id: string, change: object) => {
    for (const as of ["demo", "admin"]) {
      await ask("GET", `${v2}/${kind}`, { as });
      await ask("GET", `${v2}/${kind}/${id}`, { as });
    }
    for (const as of ["demo", "admin"])
      await ask("PUT", `${v2}/${kind}/${id}`, { as, body: { [one]: change } });
  };

  const network = await post("networks", "network", { name: "n" });
  await all("networks", "network", network.id, { name: "m" });
  // Outside the pool, for the port update below.
  const allocation_pools = [{ start: "192.168.9.2", end: "192.168.9.70" }];
  const block = { ip_version: 4, cidr: "192.168.9.0/24", allocation_pools };
  const cidr = { network_id: network.id, ...block };
  const subnet = await post("subnets", "subnet", cidr);
  await all("subnets", "subnet", subnet.id, { name: "m" });
  const group = await post("security-groups", "security_group", { name: "g" });
  await all("security-groups", "security_group", group.id, { name: "h" });
  const open = { security_group_id: group.id, direction: "ingress", protocol: "tcp" };
  const rule = await post("security-group-rules", "security_group_rule", open);
  await post("security-group-rules", "security_group_rule", { ...open, protocol: "udp" }, "admin");
  await ask("GET", `${v2}/security-group-rules`);
  await ask("GET", `${v2}/security-group-rules/${rule.id}`);
  await ask("DELETE", `${v2}/security-group-rules/${rule.id}`);
  const tags = `${v2}/security-groups/${group.id}/tags`;
  for (const as of ["demo", "admin"]) {
    await ask("PUT", tags, { as, body: { tags: ["a", "b"] } });
    await ask("PUT", `${tags}/c`, { as });
    for (const path of ["", "/c"]) await ask("GET", `${tags}${path}`, { as });
    for (const path of ["/c", ""]) await ask("DELETE", `${tags}${path}`, { as });
  }

  const preexistingPort = await post("ports", "port", { network_id: network.id });
  await post("ports", "port", {
    network_id: network.id,
    fixed_ips: [{ subnet_id: subnet.id }, outOfRangeIp],
  });
  await boot([
    { uuid: privateNet?.id },
    { uuid: privateNet?.id, fixed_ip: outOfRangeIp.ip_address },
  ]);
  const server = await boot([{ uuid: privateNet?.id }, { port: preexistingPort.id }]);
  pass(2_000);
  const on = { device_id: server, device_owner: "compute:nova" };
  const port = await post("ports", "port", { network_id: network.id, ...on });
  const moved = { fixed_ips: [{ ip_address: "192.168.9.77" }] };
  await all("ports", "port", port.id, moved);
  const floating = { floating_network_id: publicNet?.id };
  await post("floatingips", "floatingip", { ...floating, port_id: network.id });
  const fip = await post("floatingips", "floatingip", { ...floating, port_id: port.id });
  await all("floatingips", "floatingip", fip.id, { port_id: preexistingPort.id });
  await ask("DELETE", `${v2}/floatingips/${fip.id}`);
  await post("floatingips", "floatingip", { ...floating, port_id: port.id });
  await ask("DELETE", `${v2}/ports/${port.id}`);

  const at = `/v2.1/servers/${server}`;
  for (const path of ["/ips", "/ips/private", "/os-security-groups", "/os-interface"])
    await ask("GET", `${at}${path}`);
  await ask("GET", "/v2.1/os-security-groups");
  await ask("GET", `/v2.1/os-security-groups/${group.id}`);
  await ask("POST", `${at}/action`, { body: { addSecurityGroup: { name: "h" } } });
  await ask("POST", `${at}/action`, { body: { removeSecurityGroup: { name: "h" } } });
  const attached = { interfaceAttachment: { net_id: network.id } };
  const attachedInterface = (await ask("POST", `${at}/os-interface`, { body: attached })).json;
  const { port_id } = attachedInterface.interfaceAttachment;
  await ask("GET", `${at}/os-interface/${port_id}`);
  await post("floatingips", "floatingip", { ...floating, port_id });
  await ask("DELETE", `${at}/os-interface/${port_id}`);
  await novaProxiesScenario(ask, { id: server });
  await ask("DELETE", at);

  const beyond = { network_id: publicNet?.id };
  const external_fixed_ips = [{ ip_address: "172.24.1.1" }, outOfRangeIp];
  await post("routers", "router", { external_gateway_info: { ...beyond, external_fixed_ips } });
  const router = await post("routers", "router", { external_gateway_info: beyond });
  await all("routers", "router", router.id, { external_gateway_info: null });
  for (const verb of ["add_router_interface", "remove_router_interface"])
    await ask("PUT", `${v2}/routers/${router.id}/${verb}`, { body: { subnet_id: subnet.id } });
  await ask("DELETE", `${v2}/routers/${router.id}`);

  await ask("DELETE", `${v2}/ports/${preexistingPort.id}`);
  await ask("DELETE", `${v2}/security-groups/${group.id}`);
  await ask("DELETE", `${v2}/subnets/${subnet.id}`);
  await ask("DELETE", `${v2}/networks/${network.id}`);
  const spare = await post("networks", "network", { name: "s" }, "admin");
  await ask("DELETE", `${v2}/networks/${spare.id}`, { as: "admin" });

  for (const path of ["", "/extensions", "/extensions/router", "/availability_zones"])
    await ask("GET", `${v2}${path}`);
  for (const path of ["/agents", "/quotas"]) await ask("GET", `${v2}${path}`, { as: "admin" });
  for (const path of ["", "/details", "/default"])
    await ask("GET", `${v2}/quotas/p${path}`, { as: "admin" });
  await ask("PUT", `${v2}/quotas/p`, { as: "admin", body: { quota: { port: 7 } } });
  await ask("DELETE", `${v2}/quotas/p`, { as: "admin" });
}

/** Changes seeded networks, so it comes last. */
export async function deleteDefaultNetworks(ask: SendRequest) {
  for (const network of seedNetworks)
    for (const { id } of network.subnets)
      await ask("DELETE", `/network/v2.0/subnets/${id}`, { as: "admin" });
  for (const { id } of seedNetworks)
    await ask("DELETE", `/network/v2.0/networks/${id}`, { as: "admin" });
}
