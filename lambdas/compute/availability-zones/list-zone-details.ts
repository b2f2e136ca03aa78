import { grouped } from "../../core/group-by.ts";
import type { Instant } from "../../core/instant.ts";
import { toIsoMicros } from "../../core/times.ts";
import { operation } from "../../http/operation.ts";
import { zonesOf } from "../model/host-filters.ts";
import { hostsIn, type Service, servicesOn } from "../repositories/hosts.ts";

/** With the services that are in each; a member may not, and asks for the plain list then. */
export const listZoneDetails = operation({
  id: "compute/list-zone-details",
  service: "compute",
  route: "GET /os-availability-zone/detail",
  access: { rule: "os_compute_api:os-availability-zone:detail", role: "admin" },
  dynamoCalls: ["Scan", "Query"],
  answer: "document",
  async run({ now }, world) {
    const services = servicesOn(await hostsIn(world.backend(), now));
    const { open, shut } = zonesOf(services);
    return {
      availabilityZoneInfo: [
        ...open.map((zone) => ({
          zoneName: zone,
          zoneState: { available: true },
          hosts: hostsOf(
            services.filter((one) => one.zone === zone && !one.disabled),
            now,
          ),
        })),
        ...shut.map((zoneName) => ({ zoneName, zoneState: { available: false }, hosts: null })),
      ],
    };
  },
});

function hostsOf(services: readonly Service[], now: Instant) {
  const on = grouped(services, ({ host }) => host);
  return Object.fromEntries(
    [...on].map(([host, all]) => [
      host,
      Object.fromEntries(
        all.map(({ binary, forcedDown }) => [
          binary,
          { available: !forcedDown, active: true, updated_at: toIsoMicros(now) },
        ]),
      ),
    ]),
  );
}
