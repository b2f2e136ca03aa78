import type { Records } from "../../ports/records.ts";
import { isInScope } from "../model/network.ts";
import { floatingIpsIn } from "../repositories/floating-ips.ts";
import { networksIn } from "../repositories/networks.ts";
import { portsIn } from "../repositories/ports.ts";
import { routersIn } from "../repositories/routers.ts";
import { securityGroupsIn } from "../repositories/security-groups.ts";
import type { NetworkQuota } from "./network-quota.ts";

/** @calls Query */
export async function networkQuotaUsage(records: Records, project: string): Promise<NetworkQuota> {
  const scope = { project, allProjects: false };
  const [networks, ports, routers, floating, groups] = await Promise.all([
    networksIn(records).all(),
    portsIn(records).all(scope),
    routersIn(records).all(scope),
    floatingIpsIn(records).all(scope),
    securityGroupsIn(records).all(scope),
  ]);
  return {
    network: networks.filter((one) => isInScope(scope, one)).length,
    subnet: networks.flatMap(({ subnets }) => subnets).filter((one) => isInScope(scope, one))
      .length,
    port: ports.length,
    router: routers.length,
    floatingip: floating.length,
    security_group: groups.length,
    security_group_rule: groups.flatMap((group) => group.security_group_rules).length,
    rbac_policy: 0,
    subnetpool: 0,
  };
}
