import type { Instant } from "../../core/instant.ts";
import { toIsoMicros } from "../../core/times.ts";
import type { NovaService } from "../repositories/hosts.ts";

export const serviceView = (service: NovaService, microversion: number, now: Instant) => ({
  binary: service.binary,
  host: service.host,
  id: microversion < 53 ? service.number : service.uuid,
  zone: service.zone,
  status: service.disabled ? "disabled" : "enabled",
  state: service.forcedDown ? "down" : "up",
  updated_at: toIsoMicros(now),
  disabled_reason: service.reason,
  ...(microversion >= 11 && { forced_down: service.forcedDown }),
});
