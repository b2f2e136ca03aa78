import { annex } from "../http/function-group.ts";
import type { Annex } from "../http/operation.ts";

/** All of Neutron. */
export const networkAnnex = {
  id: "annexes/network",
  doors: ["/network"],
  operations: {
    "GET /v2.0/{collection}/{resource_id}/tags": async () =>
      (await import("../network/tags/list-tags.ts")).listTags,
    "PUT /v2.0/{collection}/{resource_id}/tags": async () =>
      (await import("../network/tags/replace-tags.ts")).replaceTags,
    "DELETE /v2.0/{collection}/{resource_id}/tags": async () =>
      (await import("../network/tags/remove-tags.ts")).removeTags,
    "GET /v2.0/{collection}/{resource_id}/tags/{tag}": async () =>
      (await import("../network/tags/check-tag.ts")).checkTag,
    "PUT /v2.0/{collection}/{resource_id}/tags/{tag}": async () =>
      (await import("../network/tags/add-tag.ts")).addTag,
    "DELETE /v2.0/{collection}/{resource_id}/tags/{tag}": async () =>
      (await import("../network/tags/remove-tag.ts")).removeTag,
    "GET /v2.0": async () =>
      (await import("../network/extensions/show-resources.ts")).showResources,
    "GET /v2.0/agents": async () =>
      (await import("../network/extensions/list-agents.ts")).listAgents,
    "GET /v2.0/availability_zones": async () =>
      (await import("../network/extensions/list-availability-zones.ts")).listAvailabilityZones,
    "GET /v2.0/extensions": async () =>
      (await import("../network/extensions/list-extensions.ts")).listExtensions,
    "GET /v2.0/extensions/{alias}": async () =>
      (await import("../network/extensions/show-extension.ts")).showExtension,
    "GET /v2.0/floatingips": async () =>
      (await import("../network/floating-ips/list-floating-ips.ts")).listFloatingIps,
    "POST /v2.0/floatingips": async () =>
      (await import("../network/floating-ips/create-floating-ip.ts")).createFloatingIp,
    "DELETE /v2.0/floatingips/{floatingip_id}": async () =>
      (await import("../network/floating-ips/delete-floating-ip.ts")).deleteFloatingIp,
    "GET /v2.0/floatingips/{floatingip_id}": async () =>
      (await import("../network/floating-ips/show-floating-ip.ts")).showFloatingIp,
    "PUT /v2.0/floatingips/{floatingip_id}": async () =>
      (await import("../network/floating-ips/update-floating-ip.ts")).updateFloatingIp,
    "GET /v2.0/networks": async () =>
      (await import("../network/networks/list-networks.ts")).listNetworks,
    "POST /v2.0/networks": async () =>
      (await import("../network/networks/create-network.ts")).createNetwork,
    "DELETE /v2.0/networks/{network_id}": async () =>
      (await import("../network/networks/delete-network.ts")).deleteNetwork,
    "GET /v2.0/networks/{network_id}": async () =>
      (await import("../network/networks/show-network.ts")).showNetwork,
    "PUT /v2.0/networks/{network_id}": async () =>
      (await import("../network/networks/update-network.ts")).updateNetwork,
    "GET /v2.0/ports": async () => (await import("../network/ports/list-ports.ts")).listPorts,
    "POST /v2.0/ports": async () => (await import("../network/ports/create-port.ts")).createPort,
    "DELETE /v2.0/ports/{port_id}": async () =>
      (await import("../network/ports/delete-port.ts")).deletePort,
    "GET /v2.0/ports/{port_id}": async () =>
      (await import("../network/ports/show-port.ts")).showPort,
    "PUT /v2.0/ports/{port_id}": async () =>
      (await import("../network/ports/update-port.ts")).updatePort,
    "GET /v2.0/quotas": async () => (await import("../network/quotas/list-quotas.ts")).listQuotas,
    "DELETE /v2.0/quotas/{project_id}": async () =>
      (await import("../network/quotas/reset-quota.ts")).resetQuota,
    "GET /v2.0/quotas/{project_id}": async () =>
      (await import("../network/quotas/show-quota.ts")).showQuota,
    "PUT /v2.0/quotas/{project_id}": async () =>
      (await import("../network/quotas/update-quota.ts")).updateQuota,
    "GET /v2.0/quotas/{project_id}/default": async () =>
      (await import("../network/quotas/show-default-quota.ts")).showDefaultQuota,
    "GET /v2.0/quotas/{project_id}/details": async () =>
      (await import("../network/quotas/show-quota-details.ts")).showQuotaDetails,
    "GET /v2.0/routers": async () =>
      (await import("../network/routers/list-routers.ts")).listRouters,
    "POST /v2.0/routers": async () =>
      (await import("../network/routers/create-router.ts")).createRouter,
    "DELETE /v2.0/routers/{router_id}": async () =>
      (await import("../network/routers/delete-router.ts")).deleteRouter,
    "GET /v2.0/routers/{router_id}": async () =>
      (await import("../network/routers/show-router.ts")).showRouter,
    "PUT /v2.0/routers/{router_id}": async () =>
      (await import("../network/routers/update-router.ts")).updateRouter,
    "PUT /v2.0/routers/{router_id}/add_router_interface": async () =>
      (await import("../network/routers/add-interface.ts")).addInterface,
    "PUT /v2.0/routers/{router_id}/remove_router_interface": async () =>
      (await import("../network/routers/remove-interface.ts")).removeInterface,
    "GET /v2.0/security-group-rules": async () =>
      (await import("../network/security-groups/list-rules.ts")).listRules,
    "POST /v2.0/security-group-rules": async () =>
      (await import("../network/security-groups/create-rule.ts")).createRule,
    "DELETE /v2.0/security-group-rules/{rule_id}": async () =>
      (await import("../network/security-groups/delete-rule.ts")).deleteRule,
    "GET /v2.0/security-group-rules/{rule_id}": async () =>
      (await import("../network/security-groups/show-rule.ts")).showRule,
    "GET /v2.0/security-groups": async () =>
      (await import("../network/security-groups/list-security-groups.ts")).listSecurityGroups,
    "POST /v2.0/security-groups": async () =>
      (await import("../network/security-groups/create-security-group.ts")).createSecurityGroup,
    "DELETE /v2.0/security-groups/{security_group_id}": async () =>
      (await import("../network/security-groups/delete-security-group.ts")).deleteSecurityGroup,
    "GET /v2.0/security-groups/{security_group_id}": async () =>
      (await import("../network/security-groups/show-security-group.ts")).showSecurityGroup,
    "PUT /v2.0/security-groups/{security_group_id}": async () =>
      (await import("../network/security-groups/update-security-group.ts")).updateSecurityGroup,
    "GET /v2.0/subnets": async () =>
      (await import("../network/subnets/list-subnets.ts")).listSubnets,
    "POST /v2.0/subnets": async () =>
      (await import("../network/subnets/create-subnet.ts")).createSubnet,
    "DELETE /v2.0/subnets/{subnet_id}": async () =>
      (await import("../network/subnets/delete-subnet.ts")).deleteSubnet,
    "GET /v2.0/subnets/{subnet_id}": async () =>
      (await import("../network/subnets/show-subnet.ts")).showSubnet,
    "PUT /v2.0/subnets/{subnet_id}": async () =>
      (await import("../network/subnets/update-subnet.ts")).updateSubnet,
  },
} satisfies Annex;

export const handler = annex(networkAnnex);
