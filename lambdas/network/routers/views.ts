import type { Port } from "../model/port.ts";
import type { Router } from "../repositories/routers.ts";
import { standardView } from "../resource.ts";

export const routerView = ({ created, updated, revision, ...rest }: Router) => ({
  ...rest,
  ...standardView({ created, updated, revision, ...rest }),
  status: "ACTIVE",
  availability_zones: ["nova"],
  flavor_id: null,
});

/** neutron/db/l3_db.py:968 _make_router_interface_info. */
export const routerInterfaceView = ({ id, project_id }: Router, port: Port) => ({
  id,
  project_id,
  tenant_id: project_id,
  port_id: port.id,
  network_id: port.network_id,
  subnet_id: port.fixed_ips[0]?.subnet_id ?? null,
  subnet_ids: port.fixed_ips.map(({ subnet_id }) => subnet_id),
});
