import { operation } from "../../http/operation.ts";
import { volumeServiceView } from "./views.ts";

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
  run: async (call) => ({
    services: volumeServices
      .filter(({ binary, host }) => {
        const [wantedBinary, wantedHost] = [call.query.get("binary"), call.query.get("host")];
        return (
          (wantedBinary === null || binary === wantedBinary) &&
          (wantedHost === null || host === wantedHost || host.startsWith(`${wantedHost}@`))
        );
      })
      .map((service) => volumeServiceView(service, call)),
  }),
});
