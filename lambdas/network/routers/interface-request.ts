import { badRequest } from "../../core/fault.ts";
import { uuidString } from "../attributes.ts";
import type { Port } from "../model/port.ts";
import type { Router } from "../repositories/routers.ts";

/** Throws `malformed` if both ids are missing. */
export function parseInterfaceRequest({ port_id, subnet_id }: Readonly<Record<string, unknown>>) {
  if (port_id === undefined && subnet_id === undefined)
    throw badRequest("Either subnet_id or port_id must be specified", "BadRequest");
  return {
    port_id: port_id === undefined ? null : uuidString(port_id, "port_id"),
    subnet_id: subnet_id === undefined ? null : uuidString(subnet_id, "subnet_id"),
  };
}

/** neutron/db/l3_db.py:890 _make_router_interface_info. */
export const routerInterfaceView = ({ id, project_id }: Router, port: Port) => ({
  id,
  project_id,
  tenant_id: project_id,
  port_id: port.id,
  network_id: port.network_id,
  subnet_id: port.fixed_ips[0]?.subnet_id ?? null,
  subnet_ids: port.fixed_ips.map(({ subnet_id }) => subnet_id),
});
