import { randomUUID } from "node:crypto";
import { Fault } from "../../domain/fault.ts";
import { imagesIn } from "../../domain/image.ts";
import { fitting } from "../../domain/image-access.ts";
import { plainQuotas } from "../../domain/quotas.ts";
import { snapshotOf } from "../../domain/snapshot.ts";
import { operation } from "../../http/operation.ts";
import { requesterOf, serverOf } from "../reach.ts";

/** nova/api/openstack/compute/schemas/servers.py create_image. */
const body = {
  type: "object",
  properties: {
    createImage: {
      type: "object",
      properties: {
        name: { type: "string", minLength: 1, maxLength: 255, format: "name" },
        metadata: {
          type: "object",
          patternProperties: { "^[a-zA-Z0-9-_:. ]{1,255}$": { type: "string", maxLength: 255 } },
          additionalProperties: false,
        },
      },
      required: ["name"],
      additionalProperties: false,
    },
  },
  required: ["createImage"],
  additionalProperties: false,
} as const;

/** A snapshot. The image is there at once, and active once it has been uploaded (E-37). */
export const createImage = operation({
  id: "servers/actions/create-image",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "createImage",
  access: { rule: "os_compute_api:servers:create_image", role: "member" },
  calls: ["GetItem", "UpdateItem", "PutItem"],
  answer: "snapshot",
  body,
  async run(call, world) {
    const { servers, records } = world.backend();
    const { now, caller } = call;
    const { name, metadata = {} } = call.body.createImage;
    if (call.microversion < 39 && Object.keys(metadata).length > plainQuotas.metadata_items)
      throw new Fault({ kind: "denied", reason: "Image metadata limit exceeded" });
    const server = await serverOf(call, servers);
    const base = server.image && (await imagesIn(records).withId(server.image.id));
    const snapshot = snapshotOf(server, base, {
      id: randomUUID(),
      name: name.trim(),
      user: caller.user.id,
      project: call.project,
      metadata: metadata as Readonly<Record<string, string>>,
      now,
    });
    const image = fitting(snapshot);
    await servers.act(server.project, server.id, "createImage", now, requesterOf(call));
    await imagesIn(records).add(image);
    return { image: image.id };
  },
});
