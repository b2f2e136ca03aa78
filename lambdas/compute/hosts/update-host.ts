import { operation } from "../../http/operation.ts";
import { upsert } from "../../ports/upsert.ts";
import { invalidateHostStates } from "../repositories/host-states.ts";
import { defaultServiceState, serviceStates } from "../repositories/hosts.ts";
import { getHostName } from "./find-host.ts";

const enableField = {
  type: "string",
  enum: ["enable", "disable", "Enable", "Disable", "ENABLE", "DISABLE"],
} as const;

const isEnabling = (value: string): boolean => value.toLowerCase() === "enable";

/** Maintenance mode has no effect, as in the fake driver. */
export const updateHost = operation({
  id: "compute/update-host",
  service: "compute",
  route: "PUT /os-hosts/{host_name}",
  access: { rule: "os_compute_api:os-hosts:update", role: "admin" },
  versions: { until: 42 },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: {
    type: "object",
    properties: { status: enableField, maintenance_mode: enableField },
    anyOf: [{ required: ["status"] }, { required: ["maintenance_mode"] }],
    additionalProperties: false,
  },
  async run({ path, body: { status, maintenance_mode: mode } }, environment) {
    const host = getHostName(path.host_name);
    const { records } = environment.backend();
    const disabled = status !== undefined && !isEnabling(status);
    if (status !== undefined) {
      await upsert(records, serviceStates, host, (was) => ({
        ...defaultServiceState,
        ...was,
        disabled,
        reason: null,
        host,
      }));
      invalidateHostStates(records);
    }
    return {
      host,
      ...(status !== undefined && { status: disabled ? "disabled" : "enabled" }),
      ...(mode !== undefined && {
        maintenance_mode: isEnabling(mode) ? "on_maintenance" : "off_maintenance",
      }),
    };
  },
});
