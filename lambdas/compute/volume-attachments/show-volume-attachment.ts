import { operation } from "../../http/operation.ts";
import { getServer } from "../servers/find-server.ts";
import { getAttachedVolume, volumeAttachmentView } from "./attachment-view.ts";

export const showVolumeAttachment = operation({
  id: "compute/show-volume-attachment",
  service: "compute",
  route: "GET /servers/{server_id}/os-volume_attachments/{volume_id}",
  access: { rule: "os_compute_api:os-volumes-attachments:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, environment) {
    const server = await getServer(call, environment.backend().servers);
    const volume = getAttachedVolume(server, call.path.volume_id, call.now);
    return { volumeAttachment: volumeAttachmentView(server, volume, call.microversion) };
  },
});
