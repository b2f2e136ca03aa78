import { operation } from "../../../http/operation.ts";
import { metadata, name } from "../schema-fields.ts";
import { imageServer } from "../snapshot-server.ts";

/** nova/api/openstack/compute/schemas/servers.py create_image. */
const body = {
  type: "object",
  properties: {
    createImage: {
      type: "object",
      properties: { name, metadata },
      required: ["name"],
      additionalProperties: false,
    },
  },
  required: ["createImage"],
  additionalProperties: false,
} as const;

/** A snapshot. */
export const createImage = operation({
  id: "compute/create-image",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "createImage",
  function: "compute/server-action",
  access: { rule: "os_compute_api:servers:create_image", role: "member" },
  dynamoCalls: ["GetItem", "UpdateItem", "PutItem"],
  answer: "snapshot",
  body,
  async run(call, world) {
    const { name, metadata = {} } = call.body.createImage;
    return imageServer(call, world, {
      kind: { action: "createImage" },
      name,
      metadata: metadata as Readonly<Record<string, string>>,
    });
  },
});
