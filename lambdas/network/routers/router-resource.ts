import {
  boolean,
  fixedIpRequest,
  hostRoute,
  invalid,
  isObject,
  listOf,
  nullable,
  string,
  uuidString,
} from "../attributes.ts";
import { resourceType } from "../resource.ts";
import { routerView } from "./views.ts";

export interface GatewayRequest {
  readonly network_id: string;
  readonly enable_snat: boolean;
  readonly external_fixed_ips: readonly { subnet_id?: string; ip_address?: string }[] | null;
}

function gateway(value: unknown, name: string): GatewayRequest | null {
  if (value === null) return null;
  if (!isObject(value)) throw invalid(name, `'${value}' is not a dictionary`);
  const { network_id, enable_snat = true, external_fixed_ips = null } = value;
  if (network_id === undefined && Object.keys(value).length === 0) return null;
  return {
    network_id: uuidString(network_id, "network_id"),
    enable_snat: boolean(enable_snat, "enable_snat"),
    external_fixed_ips:
      external_fixed_ips === null
        ? null
        : listOf(fixedIpRequest)(external_fixed_ips, "external_fixed_ips"),
  };
}

/** neutron_lib/api/definitions: l3, l3_ext_gw_mode, extraroute, dvr, router_availability_zone. */
export const routerResource = resourceType({
  singular: "router",
  plural: "routers",
  attributes: {
    name: { parse: string(), default: "" },
    description: { parse: string(), default: "" },
    admin_state_up: { parse: boolean, default: true },
    external_gateway_info: { parse: gateway, default: null },
    routes: { parse: listOf(hostRoute), default: [] },
    distributed: { parse: boolean, default: false, adminOnly: true },
    ha: { parse: boolean, default: false, adminOnly: true },
    availability_zone_hints: { parse: listOf(string()), default: [], createOnly: true },
    flavor_id: { parse: nullable(uuidString), default: null, createOnly: true },
  },
  readOnly: ["status", "availability_zones"],
  view: routerView,
});
