import { randomUUID } from "node:crypto";
import { operation } from "../../http/operation.ts";
import { addVolume } from "../../volume/repositories/quotas.ts";
import { getRequestedType, newVolume } from "../../volume/repositories/volume-creation.ts";
import { projectScopeOf } from "../../volume/request.ts";
import { singleMember } from "../../volume/schema-fields.ts";
import { getVolumeSource } from "../../volume/volumes/volume-source.ts";
import { volumeShown } from "./proxy-views.ts";

const text = { type: "string" } as const;

export const createProxiedVolume = operation({
  id: "compute/create-proxied-volume",
  service: "compute",
  route: "POST /os-volumes",
  access: { rule: "os_compute_api:os-volumes:create", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "ok",
  // nova/api/openstack/compute/schemas/volumes.py create
  body: singleMember("volume", {
    type: "object",
    properties: {
      volume_type: text,
      metadata: { type: "object", properties: {}, additionalProperties: true },
      snapshot_id: text,
      size: { type: ["integer", "string"], pattern: "^[0-9]+$", minimum: 1 },
      availability_zone: text,
      display_name: text,
      display_description: text,
    },
    required: ["size"],
    additionalProperties: false,
  }),
  async run(call, world) {
    const { records } = world.backend();
    const said = call.body.volume;
    const { now, project } = call;
    const reach = projectScopeOf(call);
    const made = newVolume({
      id: randomUUID(),
      user: call.caller.user.id,
      project,
      name: said.display_name ?? null,
      description: said.display_description ?? null,
      size: Number(said.size),
      type: await getRequestedType(records, reach, said.volume_type ?? null),
      zone: said.availability_zone ?? null,
      metadata: Object.fromEntries(
        Object.entries(said.metadata ?? {}).map(([key, value]) => [key, String(value)]),
      ),
      source: await getVolumeSource(records, reach, { snapshot_id: said.snapshot_id }, now),
      now,
    });
    await addVolume(records, made, now);
    return { volume: volumeShown(made) };
  },
});
