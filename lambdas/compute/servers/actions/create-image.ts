import { operation } from "../../../http/operation.ts";
import { metadataField, name } from "../schema-fields.ts";
import { snapshotServer } from "../snapshot-server.ts";

/** nova/api/openstack/compute/schemas/servers.py create_image. */
const body = {
  type: "object",
  properties: {
    createImage: {
      type: "object",
      properties: { name, metadata: metadataField },
      required: ["name"],
      additionalProperties: false,
    },
  },
  required: ["createImage"],
  additionalProperties: false,
} as const;

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
  async run(call, environment) {
    const { name, metadata = {} } = call.body.createImage;
    return snapshotServer(call, environment, {
      kind: { action: "createImage" },
      name,
      metadata: metadata as Readonly<Record<string, string>>,
    });
  },
});
