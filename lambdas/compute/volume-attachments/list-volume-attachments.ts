import { operation } from "../../http/operation.ts";
import { limitSchema } from "../../http/page-limit.ts";
import { attachedVolumesAt } from "../model/attached-volume.ts";
import { getServer } from "../servers/find-server.ts";
import { volumeAttachmentView } from "./attachment-view.ts";

export const listVolumeAttachments = operation({
  id: "compute/list-volume-attachments",
  service: "compute",
  route: "GET /servers/{server_id}/os-volume_attachments",
  access: { rule: "os_compute_api:os-volumes-attachments:index", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  query: {
    type: "object",
    properties: { limit: limitSchema, offset: limitSchema },
    closedSince: 75,
  },
  async run(call, environment) {
    const server = await getServer(call, environment.backend().servers);
    const offset = Number(call.query.get("offset") ?? 0);
    const limit = Number(call.query.get("limit") || 1000);
    return {
      volumeAttachments: attachedVolumesAt(server, call.now)
        .slice(offset, offset + limit)
        .map((volume) => volumeAttachmentView(server, volume, call.microversion)),
    };
  },
});
