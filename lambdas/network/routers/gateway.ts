import { badRequest } from "../../core/fault.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import type { Records } from "../../ports/records.ts";
import { allocateIps, releaseIps } from "../repositories/ip-allocation.ts";
import { getNetwork } from "../repositories/networks.ts";
import type { Gateway } from "../repositories/routers.ts";
import type { GatewayRequest } from "./router-resource.ts";

/** Allocates the router's address on the external network. Throws `malformed`, `no-such`. */
export async function allocateGateway(
  records: Records,
  request: GatewayRequest | null,
  { router, scope }: { router: string; scope: ProjectScope },
): Promise<Gateway | null> {
  if (!request) return null;
  const network = await getNetwork(records, request.network_id, scope);
  if (!network["router:external"])
    throw badRequest(
      `Bad router request: Network ${network.id} is not an external network.`,
      "BadRequest",
    );
  const allocated = await allocateIps(records, network, request.external_fixed_ips, router);
  return {
    network_id: network.id,
    enable_snat: request.enable_snat,
    external_fixed_ips: allocated,
  };
}

export const releaseGateway = (
  records: Records,
  gateway: Gateway | null,
  router: string,
): Promise<void> => releaseIps(records, gateway?.external_fixed_ips ?? [], router);
