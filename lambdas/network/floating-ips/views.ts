import type { FloatingIp } from "../model/floating-ip.ts";
import { standardView } from "../resource.ts";

export const floatingIpView = ({
  created,
  updated,
  revision,
  subnet_id: _,
  ...rest
}: FloatingIp) => ({
  ...rest,
  ...standardView({ created, updated, revision, ...rest }),
  status: rest.port_id === null ? "DOWN" : "ACTIVE",
  port_details: null,
  port_forwardings: [],
  qos_policy_id: null,
});
