import type { Port } from "../model/port.ts";
import { standardView } from "../resource.ts";

export const portView = ({ created, updated, revision, made: _, ...rest }: Port) => ({
  ...rest,
  ...standardView({ created, updated, revision, ...rest }),
  status: rest.device_id !== "" && rest.admin_state_up ? "ACTIVE" : "DOWN",
  "binding:vif_type": rest["binding:host_id"] === "" ? "unbound" : "ovs",
  "binding:vif_details": rest["binding:host_id"] === "" ? {} : { port_filter: true },
  dns_assignment: [],
  dns_domain: "",
  ip_allocation: rest.fixed_ips.length > 0 ? "immediate" : "none",
  qos_policy_id: null,
  qos_network_policy_id: null,
  resource_request: null,
});
