import {
  boolean,
  invalid,
  isObject,
  listOf,
  nullable,
  route,
  text,
  uuid,
  wantedIp,
} from "../attributes.ts";
import type { Router } from "../repositories/routers.ts";
import { kindOf, shownAlways } from "../resource.ts";

/** To which network, and how. */
export interface GatewayAsked {
  readonly network_id: string;
  readonly enable_snat: boolean;
  readonly external_fixed_ips: readonly { subnet_id?: string; ip_address?: string }[] | null;
}

function gateway(value: unknown, name: string): GatewayAsked | null {
  if (value === null) return null;
  if (!isObject(value)) throw invalid(name, `'${value}' is not a dictionary`);
  const { network_id, enable_snat = true, external_fixed_ips = null } = value;
  if (network_id === undefined && Object.keys(value).length === 0) return null;
  return {
    network_id: uuid(network_id, "network_id"),
    enable_snat: boolean(enable_snat, "enable_snat"),
    external_fixed_ips:
      external_fixed_ips === null
        ? null
        : listOf(wantedIp)(external_fixed_ips, "external_fixed_ips"),
  };
}

/** neutron_lib/api/definitions: l3, l3_ext_gw_mode, extraroute, dvr, router_availability_zone. */
export const routerKind = kindOf({
  singular: "router",
  plural: "routers",
  attributes: {
    name: { reads: text(), otherwise: "" },
    description: { reads: text(), otherwise: "" },
    admin_state_up: { reads: boolean, otherwise: true },
    external_gateway_info: { reads: gateway, otherwise: null },
    routes: { reads: listOf(route), otherwise: [] },
    distributed: { reads: boolean, otherwise: false, admin: true },
    ha: { reads: boolean, otherwise: false, admin: true },
    availability_zone_hints: { reads: listOf(text()), otherwise: [], fixed: true },
    flavor_id: { reads: nullable(uuid), otherwise: null, fixed: true },
  },
  told: ["status", "availability_zones"],
  shown: ({ created, updated, revision, ...rest }: Router) => ({
    ...rest,
    ...shownAlways({ created, updated, revision, ...rest }),
    status: "ACTIVE",
    availability_zones: ["nova"],
    flavor_id: null,
  }),
});
