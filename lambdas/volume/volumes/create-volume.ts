import { randomUUID } from "node:crypto";
import { isTrue, oslo } from "../../core/booleans.ts";
import { operation } from "../../http/operation.ts";
import { addVolume } from "../repositories/quotas.ts";
import { getRequestedType, newVolume } from "../repositories/volume-creation.ts";
import { projectScopeOf } from "../request.ts";
import { trimText } from "../schema-fields.ts";
import { createSchema } from "./create-schema.ts";
import { volumeDetailView } from "./views.ts";
import { getVolumeSource } from "./volume-source.ts";

export const createVolume = operation({
  id: "volume/create-volume",
  service: "volume",
  route: "POST /volumes",
  access: { rule: "volume:create", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "acceptedDocument",
  body: createSchema,
  async run(call, environment) {
    const { volume } = call.body;
    const { records } = environment.backend();
    const scope = projectScopeOf(call);
    const type = await getRequestedType(records, scope, volume.volume_type ?? null);
    const imageRef = volume.image_id ?? volume.imageRef;
    const source = await getVolumeSource(records, scope, { ...volume, imageRef }, call.now);
    const created = newVolume({
      id: randomUUID(),
      user: call.caller.user.id,
      project: call.project,
      name: trimText(volume.name ?? volume.display_name),
      description: trimText(volume.description ?? volume.display_description),
      size: volume.size == null ? null : Number(volume.size),
      type,
      // deprecated, accepted until Cinder 22.0
      multiattach: isTrue(oslo, volume.multiattach),
      zone: volume.availability_zone ?? null,
      metadata: (volume.metadata ?? {}) as Record<string, string>,
      source,
      now: call.now,
    });
    await addVolume(records, created, call.now);
    return { volume: volumeDetailView(call, created) };
  },
});
