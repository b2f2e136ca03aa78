import { operation } from "../../http/operation.ts";
import { limitSchema } from "../../http/page-limit.ts";
import { attachedAt } from "../model/attached-volume.ts";
import { serverOf } from "../servers/find-server.ts";
import { attachmentShown } from "./attachment-view.ts";

export const listVolumeAttachments = operation({
  id: "compute/list-volume-attachments",
  service: "compute",
  route: "GET /servers/{server_id}/os-volume_attachments",
  access: { rule: "os_compute_api:os-volumes-attachments:index", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "document",
  // nova/api/openstack/compute/schemas/volume_attachments.py index_query, index_query_v275
  query: {
    type: "object",
    properties: { limit: limitSchema, offset: limitSchema },
    closedSince: 75,
  },
  async run(call, world) {
    const server = await serverOf(call, world.backend().servers);
    const offset = Number(call.query.get("offset") ?? 0);
    const limit = Number(call.query.get("limit") || 1000);
    return {
      volumeAttachments: attachedAt(server, call.now)
        .slice(offset, offset + limit)
        .map((volume) => attachmentShown(server, volume, call.microversion)),
    };
  },
});
