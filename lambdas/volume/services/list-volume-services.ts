import { orNull, toIsoMicros } from "../../core/times.ts";
import { operation } from "../../http/operation.ts";
import { zone } from "../model/volume.ts";

/** Always up: they share the API's process (cinder/api/contrib/services.py). */
const volumeServices = [
  { binary: "cinder-scheduler", host: "novaless-1" },
  { binary: "cinder-volume", host: "novaless-1@lvmdriver-1" },
];

export const listVolumeServices = operation({
  id: "volume/list-volume-services",
  service: "volume",
  route: "GET /os-services",
  access: { rule: "volume_extension:services:index", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  run: async ({ query, now, microversion }) => ({
    services: volumeServices
      .filter(({ binary, host }) => {
        const [wantedBinary, wantedHost] = [query.get("binary"), query.get("host")];
        return (
          (wantedBinary === null || binary === wantedBinary) &&
          (wantedHost === null || host === wantedHost || host.startsWith(`${wantedHost}@`))
        );
      })
      .map((service) => ({
        ...service,
        zone,
        status: "enabled",
        state: "up",
        updated_at: orNull(toIsoMicros)(now),
        disabled_reason: null,
        ...(microversion >= 7 && { cluster: null }),
        ...(microversion >= 49 && service.binary === "cinder-volume" && { backend_state: "up" }),
      })),
  }),
});
