import { operation } from "../../http/operation.ts";
import { availabilityZones } from "../model/host-filters.ts";
import { getHostStates } from "../repositories/host-states.ts";

export const listZones = operation({
  id: "compute/list-zones",
  service: "compute",
  route: "GET /os-availability-zone",
  access: "authenticated",
  dynamoCalls: ["Query"],
  answer: "ok",
  async run({ now }, environment) {
    const { available, notAvailable } = availabilityZones(
      await getHostStates(environment.backend().records, now),
    );
    const zoneView = (isAvailable: boolean) => (zoneName: string) => ({
      zoneName,
      zoneState: { available: isAvailable },
      hosts: null,
    });
    return {
      availabilityZoneInfo: [
        ...available.map(zoneView(true)),
        ...notAvailable.map(zoneView(false)),
      ],
    };
  },
});
