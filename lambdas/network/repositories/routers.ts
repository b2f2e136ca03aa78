import { notFound } from "../../core/fault.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import { projectCollection } from "../../ports/project-collection.ts";
import type { Records } from "../../ports/records.ts";
import type { StandardAttributes } from "../model/network.ts";
import type { FixedIp } from "../model/port.ts";

export interface Router extends StandardAttributes {
  readonly name: string;
  readonly description: string;
  readonly admin_state_up: boolean;
  readonly external_gateway_info: Gateway | null;
  readonly routes: readonly { readonly destination: string; readonly nexthop: string }[];
  readonly distributed: boolean;
  readonly ha: boolean;
  readonly availability_zone_hints: readonly string[];
}

export interface Gateway {
  readonly network_id: string;
  readonly enable_snat: boolean;
  readonly external_fixed_ips: readonly FixedIp[];
}

/** `device_owner` of a router's ports. */
export const routerInterfaceOwner = "network:router_interface";

export const routersIn = (records: Records) => projectCollection<Router>(records, "ROUTERS");

/** Throws `no-such`. @calls GetItem */
export async function getRouter(
  records: Records,
  scope: ProjectScope,
  id: string,
): Promise<Router> {
  const router = await routersIn(records).findById(scope, id);
  if (!router) throw notFound("router", id);
  return router;
}
