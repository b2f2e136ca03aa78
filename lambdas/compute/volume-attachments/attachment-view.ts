import { Fault, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { actionVerbs } from "../model/action-verbs.ts";
import { type AttachedVolume, attachedVolumesAt } from "../model/attached-volume.ts";
import { observe } from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";

export const deviceField = {
  type: ["string", "null"],
  pattern: "(^/dev/x{0,1}[a-z]{0,1}d{0,1})([a-z]+)[0-9]*$",
} as const;

export const volumeAttachmentView = (
  { id: server }: Pick<Server, "id">,
  volume: AttachedVolume,
  microversion: number,
) => ({
  ...(microversion < 89 && { id: volume.id }),
  volumeId: volume.id,
  serverId: server,
  ...(volume.device !== "" && { device: volume.device }),
  ...(microversion >= 70 && { tag: volume.tag }),
  ...(microversion >= 79 && { delete_on_termination: volume.deleteOnTermination }),
  ...(microversion >= 89 && { attachment_id: volume.attachment, bdm_uuid: volume.mapping }),
});

export function getAttachedVolume(server: Server, volume: string, now: Instant): AttachedVolume {
  const found = attachedVolumesAt(server, now).find(({ id }) => id === volume.toLowerCase());
  if (!found)
    throw notFound("attachment", `Instance ${server.id} is not attached to volume ${volume}`);
  return found;
}

export function assertNotShelved(
  { id, motion }: Server,
  { now, microversion }: { readonly now: Instant; readonly microversion: number },
  action: "attachVolume" | "detachVolume",
): void {
  const { vm } = observe(motion, now);
  if (microversion < 20 && (vm === "shelved" || vm === "shelved_offloaded"))
    throw new Fault({
      kind: "wrong-state",
      id,
      verb: actionVerbs[action],
      attribute: "vm_state",
      state: vm,
    });
}
