import { operation } from "../../http/operation.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { metadataField, optionalText, trimText } from "../schema-fields.ts";
import { volumeDetailView } from "./views.ts";

const updatableMembers = ["name", "description", "display_name", "display_description", "metadata"];

const volume = {
  type: "object",
  properties: {
    name: optionalText,
    description: optionalText,
    display_name: optionalText,
    display_description: optionalText,
    metadata: metadataField,
  },
  additionalProperties: false,
} as const;

export const updateVolume = operation({
  id: "volume/update-volume",
  service: "volume",
  route: "PUT /volumes/{volume_id}",
  access: { rule: "volume:update", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  // cinder/api/schemas/volumes.py update, update_v353
  body: {
    type: "object",
    properties: {
      volume: {
        ...volume,
        versions: {
          0: volume,
          53: { ...volume, anyOf: updatableMembers.map((name) => ({ required: [name] })) },
        },
      },
    },
    required: ["volume"],
    additionalProperties: false,
  },
  async run(call, environment) {
    const { records } = environment.backend();
    const attributes = call.body.volume;
    const found = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    const name = attributes.name ?? attributes.display_name;
    const description = attributes.description ?? attributes.display_description;
    const changed = await changeVolume(records, found, call.now, (was) => ({
      ...was,
      ...(name !== undefined && { name: trimText(name) }),
      ...(description !== undefined && { description: trimText(description) }),
      ...(attributes.metadata && { metadata: attributes.metadata as Record<string, string> }),
      updated: call.now,
    }));
    return { volume: volumeDetailView(call, changed) };
  },
});
