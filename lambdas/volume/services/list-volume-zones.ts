import { operation } from "../../http/operation.ts";
import { zone } from "../model/volume.ts";

export const listVolumeZones = operation({
  id: "volume/list-volume-zones",
  service: "volume",
  route: "GET /os-availability-zone",
  access: { rule: "volume:availability_zone_list", role: "reader" },
  dynamoCalls: [],
  answer: "ok",
  run: async () => ({
    availabilityZoneInfo: [{ zoneName: zone, zoneState: { available: true } }],
  }),
});
