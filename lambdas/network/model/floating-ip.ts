import type { Instant } from "../../core/instant.ts";
import type { StandardAttributes } from "./network.ts";

export interface FloatingIp extends StandardAttributes {
  readonly description: string;
  readonly floating_network_id: string;
  readonly floating_ip_address: string;
  /** Subnet of the external network. */
  readonly subnet_id: string;
  readonly port_id: string | null;
  readonly fixed_ip_address: string | null;
  readonly router_id: string | null;
  readonly dns_name: string;
  readonly dns_domain: string;
}

export const disassociate = (one: FloatingIp, now: Instant): FloatingIp => ({
  ...one,
  port_id: null,
  fixed_ip_address: null,
  router_id: null,
  updated: now,
  revision: one.revision + 1,
});
