import { Fault } from "../../core/fault.ts";
import { isAdmin, type VolumeCall } from "../request.ts";

/** Throws `forbidden` for another project's quota (cinder/policies/quotas.py). */
export function assertOwnQuota(call: Pick<VolumeCall, "caller" | "project">, id: string): void {
  if (id !== call.project && !isAdmin(call))
    throw new Fault({ kind: "forbidden", rule: "volume_extension:quotas:show" });
}
