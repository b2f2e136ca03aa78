import { randomUUID } from "node:crypto";
import { conflict } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import type { VolumeType } from "../model/volume-type.ts";
import { typesIn } from "../repositories/volume-types.ts";
import { isYes } from "../request.ts";
import { boolean, nullableSpecs, only, text } from "../schema-fields.ts";
import { typeMade } from "./type.ts";

export const createType = operation({
  id: "volume/create-type",
  service: "volume",
  route: "POST /types",
  access: { rule: "volume_extension:type_create", role: "admin" },
  dynamoCalls: ["Query", "PutItem"],
  answer: "ok",
  body: only("volume_type", {
    type: "object",
    properties: {
      name: { type: "string", minLength: 1, maxLength: 255, format: "name" },
      description: text,
      extra_specs: nullableSpecs,
      "os-volume-type-access:is_public": boolean,
    },
    required: ["name"],
    additionalProperties: false,
  }),
  async run(call, world) {
    const said = call.body.volume_type;
    const types = typesIn(world.backend().records);
    if ((await types.all()).some(({ name }) => name === said.name))
      throw conflict(`Volume Type ${said.name} already exists.`);
    const type: VolumeType = {
      id: randomUUID(),
      name: said.name,
      description: said.description ?? null,
      isPublic: isYes(said["os-volume-type-access:is_public"] ?? true),
      extraSpecs: (said.extra_specs ?? {}) as Record<string, string>,
      projects: [],
    };
    await types.add(type);
    return { volume_type: typeMade(call, type) };
  },
});
