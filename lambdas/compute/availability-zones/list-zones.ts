import { operation } from "../../http/operation.ts";
import { zonesOf } from "../model/host-filters.ts";
import { candidatesIn } from "../repositories/host-states.ts";

/** Those that have a host which takes servers, and then the others. */
export const listZones = operation({
  id: "compute/list-zones",
  service: "compute",
  route: "GET /os-availability-zone",
  access: "authenticated",
  dynamoCalls: ["Query"],
  answer: "document",
  async run({ now }, world) {
    const { open, shut } = zonesOf(await candidatesIn(world.backend().records, now));
    const zone = (available: boolean) => (zoneName: string) => ({
      zoneName,
      zoneState: { available },
      hosts: null,
    });
    return { availabilityZoneInfo: [...open.map(zone(true)), ...shut.map(zone(false))] };
  },
});
