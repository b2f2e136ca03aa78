import { operation } from "../../http/operation.ts";
import { availabilityZonesView } from "./views.ts";

export const listAvailabilityZones = operation({
  id: "network/list-availability-zones",
  service: "network",
  route: "GET /v2.0/availability_zones",
  access: { rule: "get_availability_zone", role: "reader" },
  dynamoCalls: [],
  answer: "ok",
  run: async () => availabilityZonesView(),
});
