import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { addVolume } from "../../volume/repositories/quotas.ts";
import { getRequestedType, newVolume } from "../../volume/repositories/volume-creation.ts";
import { projectScopeOf } from "../../volume/request.ts";
import { singleMember } from "../../volume/schema-fields.ts";
import { getVolumeSource } from "../../volume/volumes/volume-source.ts";
import { volumeShown } from "./proxy-views.ts";

const textSchema = { type: "string" } as const;

export const createProxiedVolume = operation({
  id: "compute/create-proxied-volume",
  service: "compute",
  route: "POST /os-volumes",
  access: { rule: "os_compute_api:os-volumes:create", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "ok",
  body: singleMember("volume", {
    type: "object",
    properties: {
      volume_type: textSchema,
      metadata: { type: "object", properties: {}, additionalProperties: true },
      snapshot_id: textSchema,
      size: { type: ["integer", "string"], pattern: "^[0-9]+$", minimum: 1 },
      availability_zone: textSchema,
      display_name: textSchema,
      display_description: textSchema,
    },
    required: ["size"],
    additionalProperties: false,
  }),
  async run(call, environment) {
    const { records } = environment.backend();
    const attributes = call.body.volume;
    const { now, project } = call;
    const reach = projectScopeOf(call);
    const made = newVolume({
      id: randomUUID(),
      user: call.caller.user.id,
      project,
      name: attributes.display_name ?? null,
      description: attributes.display_description ?? null,
      size: Number(attributes.size),
      type: await getRequestedType(records, reach, attributes.volume_type ?? null),
      zone: attributes.availability_zone ?? null,
      metadata: Object.fromEntries(
        Object.entries(attributes.metadata ?? {}).map(([key, value]) => [key, String(value)]),
      ),
      source: await getVolumeSource(records, reach, { snapshot_id: attributes.snapshot_id }, now),
      now,
    });
    await addVolume(records, made, now);
    return { volume: volumeShown(made) };
  },
});
