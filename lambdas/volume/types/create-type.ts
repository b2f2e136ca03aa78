import { randomUUID } from "node:crypto";
import { isTrue, oslo } from "../../core/booleans.ts";
import { conflict } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import type { VolumeType } from "../model/volume-type.ts";
import { typesIn } from "../repositories/volume-types.ts";
import { booleanField, nullableSpecs, shortText, singleMember } from "../schema-fields.ts";
import { typeDetailView } from "./views.ts";

export const createType = operation({
  id: "volume/create-type",
  service: "volume",
  route: "POST /types",
  access: { rule: "volume_extension:type_create", role: "admin" },
  dynamoCalls: ["Query", "PutItem"],
  answer: "ok",
  body: singleMember("volume_type", {
    type: "object",
    properties: {
      name: { type: "string", minLength: 1, maxLength: 255, format: "name" },
      description: shortText,
      extra_specs: nullableSpecs,
      "os-volume-type-access:is_public": booleanField,
    },
    required: ["name"],
    additionalProperties: false,
  }),
  async run(call, environment) {
    const attributes = call.body.volume_type;
    const types = typesIn(environment.backend().records);
    if ((await types.all()).some(({ name }) => name === attributes.name))
      throw conflict(`Volume Type ${attributes.name} already exists.`);
    const type: VolumeType = {
      id: randomUUID(),
      name: attributes.name,
      description: attributes.description ?? null,
      isPublic: isTrue(oslo, attributes["os-volume-type-access:is_public"] ?? true),
      extraSpecs: (attributes.extra_specs ?? {}) as Record<string, string>,
      projects: [],
    };
    await types.add(type);
    return { volume_type: typeDetailView(call, type) };
  },
});
