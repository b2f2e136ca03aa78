import { zoneName } from "../domain/host.ts";
import { operation } from "../http/operation.ts";

export const listZones = operation({
  id: "hosts/list-zones",
  service: "compute",
  route: "GET /os-availability-zone",
  access: "authenticated",
  calls: [],
  answer: "document",
  run: async () => ({
    availabilityZoneInfo: [{ zoneName, zoneState: { available: true }, hosts: null }],
  }),
});
