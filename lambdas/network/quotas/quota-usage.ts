import type { Records } from "../../ports/records.ts";
import { isInScope } from "../model/network.ts";
import { floatingIpsIn } from "../repositories/floating-ips.ts";
import { networksIn } from "../repositories/networks.ts";
import { portsIn } from "../repositories/ports.ts";
import { routersIn } from "../repositories/routers.ts";
import { securityGroupsIn } from "../repositories/security-groups.ts";
import type { Limits } from "./quota.ts";

/** What a project has of each. (Query) */
export async function usedBy(records: Records, project: string): Promise<Limits> {
  const reach = { project, allProjects: false };
  const [networks, ports, routers, floating, groups] = await Promise.all([
    networksIn(records).all(),
    portsIn(records).all(reach),
    routersIn(records).all(reach),
    floatingIpsIn(records).all(reach),
    securityGroupsIn(records).all(reach),
  ]);
  return {
    network: networks.filter((one) => isInScope(reach, one)).length,
    subnet: networks.flatMap(({ subnets }) => subnets).filter((one) => isInScope(reach, one))
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
