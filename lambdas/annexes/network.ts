import { annex } from "../http/annex.ts";
import type { Annex } from "../http/operation.ts";

/** All of Neutron. */
export const networkAnnex = {
  id: "annexes/network",
  doors: ["/network"],
  operations: {
    "GET /v2.0/{collection}/{resource_id}/tags": async () =>
      (await import("../networks/tags/list-tags.ts")).listTags,
    "PUT /v2.0/{collection}/{resource_id}/tags": async () =>
      (await import("../networks/tags/replace-tags.ts")).replaceTags,
    "DELETE /v2.0/{collection}/{resource_id}/tags": async () =>
      (await import("../networks/tags/remove-tags.ts")).removeTags,
    "GET /v2.0/{collection}/{resource_id}/tags/{tag}": async () =>
      (await import("../networks/tags/check-tag.ts")).checkTag,
    "PUT /v2.0/{collection}/{resource_id}/tags/{tag}": async () =>
      (await import("../networks/tags/add-tag.ts")).addTag,
    "DELETE /v2.0/{collection}/{resource_id}/tags/{tag}": async () =>
      (await import("../networks/tags/remove-tag.ts")).removeTag,
    "GET /v2.0": async () => (await import("../networks/cloud/show-resources.ts")).showResources,
    "GET /v2.0/agents": async () => (await import("../networks/cloud/list-agents.ts")).listAgents,
    "GET /v2.0/availability_zones": async () =>
      (await import("../networks/cloud/list-availability-zones.ts")).listAvailabilityZones,
    "GET /v2.0/extensions": async () =>
      (await import("../networks/cloud/list-extensions.ts")).listExtensions,
    "GET /v2.0/extensions/{alias}": async () =>
      (await import("../networks/cloud/show-extension.ts")).showExtension,
    "GET /v2.0/floatingips": async () =>
      (await import("../networks/floating-ips/list-floating-ips.ts")).listFloatingIps,
    "POST /v2.0/floatingips": async () =>
      (await import("../networks/floating-ips/create-floating-ip.ts")).createFloatingIp,
    "DELETE /v2.0/floatingips/{floatingip_id}": async () =>
      (await import("../networks/floating-ips/delete-floating-ip.ts")).deleteFloatingIp,
    "GET /v2.0/floatingips/{floatingip_id}": async () =>
      (await import("../networks/floating-ips/show-floating-ip.ts")).showFloatingIp,
    "PUT /v2.0/floatingips/{floatingip_id}": async () =>
      (await import("../networks/floating-ips/update-floating-ip.ts")).updateFloatingIp,
    "GET /v2.0/networks": async () =>
      (await import("../networks/networks/list-networks.ts")).listNetworks,
    "POST /v2.0/networks": async () =>
      (await import("../networks/networks/create-network.ts")).createNetwork,
    "DELETE /v2.0/networks/{network_id}": async () =>
      (await import("../networks/networks/delete-network.ts")).deleteNetwork,
    "GET /v2.0/networks/{network_id}": async () =>
      (await import("../networks/networks/show-network.ts")).showNetwork,
    "PUT /v2.0/networks/{network_id}": async () =>
      (await import("../networks/networks/update-network.ts")).updateNetwork,
    "GET /v2.0/ports": async () => (await import("../networks/ports/list-ports.ts")).listPorts,
    "POST /v2.0/ports": async () => (await import("../networks/ports/create-port.ts")).createPort,
    "DELETE /v2.0/ports/{port_id}": async () =>
      (await import("../networks/ports/delete-port.ts")).deletePort,
    "GET /v2.0/ports/{port_id}": async () =>
      (await import("../networks/ports/show-port.ts")).showPort,
    "PUT /v2.0/ports/{port_id}": async () =>
      (await import("../networks/ports/update-port.ts")).updatePort,
    "GET /v2.0/quotas": async () => (await import("../networks/cloud/list-quotas.ts")).listQuotas,
    "DELETE /v2.0/quotas/{project_id}": async () =>
      (await import("../networks/cloud/reset-quota.ts")).resetQuota,
    "GET /v2.0/quotas/{project_id}": async () =>
      (await import("../networks/cloud/show-quota.ts")).showQuota,
    "PUT /v2.0/quotas/{project_id}": async () =>
      (await import("../networks/cloud/update-quota.ts")).updateQuota,
    "GET /v2.0/quotas/{project_id}/default": async () =>
      (await import("../networks/cloud/show-default-quota.ts")).showDefaultQuota,
    "GET /v2.0/quotas/{project_id}/details": async () =>
      (await import("../networks/cloud/show-quota-details.ts")).showQuotaDetails,
    "GET /v2.0/routers": async () =>
      (await import("../networks/routers/list-routers.ts")).listRouters,
    "POST /v2.0/routers": async () =>
      (await import("../networks/routers/create-router.ts")).createRouter,
    "DELETE /v2.0/routers/{router_id}": async () =>
      (await import("../networks/routers/delete-router.ts")).deleteRouter,
    "GET /v2.0/routers/{router_id}": async () =>
      (await import("../networks/routers/show-router.ts")).showRouter,
    "PUT /v2.0/routers/{router_id}": async () =>
      (await import("../networks/routers/update-router.ts")).updateRouter,
    "PUT /v2.0/routers/{router_id}/add_router_interface": async () =>
      (await import("../networks/routers/add-interface.ts")).addInterface,
    "PUT /v2.0/routers/{router_id}/remove_router_interface": async () =>
      (await import("../networks/routers/remove-interface.ts")).removeInterface,
    "GET /v2.0/security-group-rules": async () =>
      (await import("../networks/security-groups/list-rules.ts")).listRules,
    "POST /v2.0/security-group-rules": async () =>
      (await import("../networks/security-groups/create-rule.ts")).createRule,
    "DELETE /v2.0/security-group-rules/{rule_id}": async () =>
      (await import("../networks/security-groups/delete-rule.ts")).deleteRule,
    "GET /v2.0/security-group-rules/{rule_id}": async () =>
      (await import("../networks/security-groups/show-rule.ts")).showRule,
    "GET /v2.0/security-groups": async () =>
      (await import("../networks/security-groups/list-security-groups.ts")).listSecurityGroups,
    "POST /v2.0/security-groups": async () =>
      (await import("../networks/security-groups/create-security-group.ts")).createSecurityGroup,
    "DELETE /v2.0/security-groups/{security_group_id}": async () =>
      (await import("../networks/security-groups/delete-security-group.ts")).deleteSecurityGroup,
    "GET /v2.0/security-groups/{security_group_id}": async () =>
      (await import("../networks/security-groups/show-security-group.ts")).showSecurityGroup,
    "PUT /v2.0/security-groups/{security_group_id}": async () =>
      (await import("../networks/security-groups/update-security-group.ts")).updateSecurityGroup,
    "GET /v2.0/subnets": async () =>
      (await import("../networks/subnets/list-subnets.ts")).listSubnets,
    "POST /v2.0/subnets": async () =>
      (await import("../networks/subnets/create-subnet.ts")).createSubnet,
    "DELETE /v2.0/subnets/{subnet_id}": async () =>
      (await import("../networks/subnets/delete-subnet.ts")).deleteSubnet,
    "GET /v2.0/subnets/{subnet_id}": async () =>
      (await import("../networks/subnets/show-subnet.ts")).showSubnet,
    "PUT /v2.0/subnets/{subnet_id}": async () =>
      (await import("../networks/subnets/update-subnet.ts")).updateSubnet,
  },
} satisfies Annex;

export const handler = annex(networkAnnex);
