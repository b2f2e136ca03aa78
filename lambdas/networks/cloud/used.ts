import type { Records } from "../../domain/backend.ts";
import { floatingIpsIn } from "../../domain/network/floating-ips.ts";
import { networksIn, owns } from "../../domain/network/networks.ts";
import { portsIn } from "../../domain/network/ports.ts";
import { routersIn } from "../../domain/network/routers.ts";
import { groupsIn } from "../../domain/network/security-groups.ts";
import type { Limits } from "./quota.ts";

/** What a project has of each. (Query) */
export async function usedBy(records: Records, project: string): Promise<Limits> {
  const reach = { project, everywhere: false };
  const [networks, ports, routers, floating, groups] = await Promise.all([
    networksIn(records).all(),
    portsIn(records).all(reach),
    routersIn(records).all(reach),
    floatingIpsIn(records).all(reach),
    groupsIn(records).all(reach),
  ]);
  return {
    network: networks.filter((one) => owns(reach, one)).length,
    subnet: networks.flatMap(({ subnets }) => subnets).filter((one) => owns(reach, one)).length,
    port: ports.length,
    router: routers.length,
    floatingip: floating.length,
    security_group: groups.length,
    security_group_rule: groups.flatMap((group) => group.security_group_rules).length,
    rbac_policy: 0,
    subnetpool: 0,
  };
}
