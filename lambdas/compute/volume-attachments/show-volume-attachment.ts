import { operation } from "../../http/operation.ts";
import { serverOf } from "../servers/find-server.ts";
import { attachedWith, attachmentShown } from "./attachment-view.ts";

export const showVolumeAttachment = operation({
  id: "compute/show-volume-attachment",
  service: "compute",
  route: "GET /servers/{server_id}/os-volume_attachments/{volume_id}",
  access: { rule: "os_compute_api:os-volumes-attachments:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "document",
  async run(call, world) {
    const server = await serverOf(call, world.backend().servers);
    const volume = attachedWith(server, call.path.volume_id, call.now);
    return { volumeAttachment: attachmentShown(server, volume, call.microversion) };
  },
});
