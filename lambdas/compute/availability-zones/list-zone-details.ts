import { groupBy } from "../../core/group-by.ts";
import type { Instant } from "../../core/instant.ts";
import { toIsoMicros } from "../../core/times.ts";
import { operation } from "../../http/operation.ts";
import { availabilityZones } from "../model/host-filters.ts";
import { findServices, getHosts, type NovaService } from "../repositories/hosts.ts";

export const listZoneDetails = operation({
  id: "compute/list-zone-details",
  service: "compute",
  route: "GET /os-availability-zone/detail",
  access: { rule: "os_compute_api:os-availability-zone:detail", role: "admin" },
  dynamoCalls: ["Scan", "Query"],
  answer: "ok",
  async run({ now }, environment) {
    const services = findServices(await getHosts(environment.backend(), now));
    const { available, notAvailable } = availabilityZones(services);
    return {
      availabilityZoneInfo: [
        ...available.map((zone) => ({
          zoneName: zone,
          zoneState: { available: true },
          hosts: hostServicesView(
            services.filter((one) => one.zone === zone && !one.disabled),
            now,
          ),
        })),
        ...notAvailable.map((zoneName) => ({
          zoneName,
          zoneState: { available: false },
          hosts: null,
        })),
      ],
    };
  },
});

function hostServicesView(services: readonly NovaService[], now: Instant) {
  const byHost = groupBy(services, ({ host }) => host);
  return Object.fromEntries(
    [...byHost].map(([host, all]) => [
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
