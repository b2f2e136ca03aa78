import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { addVolume } from "../repositories/quotas.ts";
import { getRequestedType, newVolume } from "../repositories/volume-creation.ts";
import { isYes, reachOf } from "../request.ts";
import { cleaned } from "../schema-fields.ts";
import { createSchema } from "./create-schema.ts";
import { inDetail } from "./volume.ts";
import { sourceOf } from "./volume-source.ts";

export const createVolume = operation({
  id: "volume/create-volume",
  service: "volume",
  route: "POST /volumes",
  access: { rule: "volume:create", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "acceptedDocument",
  body: createSchema,
  async run(call, world) {
    const { volume } = call.body;
    const { records } = world.backend();
    const reach = reachOf(call);
    const type = await getRequestedType(records, reach, volume.volume_type ?? null);
    const imageRef = volume.image_id ?? volume.imageRef;
    const source = await sourceOf(records, reach, { ...volume, imageRef }, call.now);
    const made = newVolume({
      id: randomUUID(),
      user: call.caller.user.id,
      project: call.project,
      name: cleaned(volume.name ?? volume.display_name),
      description: cleaned(volume.description ?? volume.display_description),
      size: volume.size == null ? null : Number(volume.size),
      type,
      // asked for in the old way, which Cinder has taken up to 22.0
      multiattach: isYes(volume.multiattach),
      zone: volume.availability_zone ?? null,
      metadata: (volume.metadata ?? {}) as Record<string, string>,
      source,
      now: call.now,
    });
    await addVolume(records, made, call.now);
    return { volume: inDetail(call, made) };
  },
});
