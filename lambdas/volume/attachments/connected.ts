import type { Instant } from "../../core/instant.ts";
import { changeAttachment } from "../model/attachment.ts";
import type { Attachment, Volume } from "../model/volume.ts";

/** As the one who attaches a volume has told who it is (cinder/volume/manager.py attachment_update). */
export function connected(was: Volume, tie: string, said: object, now: Instant): Volume {
  const connector = said as Readonly<Record<string, unknown>>;
  const text = (name: string) =>
    typeof connector[name] === "string" ? String(connector[name]) : undefined;
  const [host, device, mode] = [text("host"), text("mountpoint"), text("mode")];
  const told: Partial<Attachment> = {
    status: "attaching",
    connector,
    attached: now,
    ...(host !== undefined && { host }),
    ...(device !== undefined && { device }),
    ...((mode === "ro" || mode === "rw") && { mode }),
  };
  return changeAttachment(was, tie, told, now);
}
