import { operation } from "../../http/operation.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { reachOf } from "../request.ts";
import { cleaned, metadata } from "../schema-fields.ts";
import { inDetail } from "./volume.ts";

const text = { type: ["string", "null"], maxLength: 255 } as const;

const members = ["name", "description", "display_name", "display_description", "metadata"];

const volume = {
  type: "object",
  properties: {
    name: text,
    description: text,
    display_name: text,
    display_description: text,
    metadata,
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
          53: { ...volume, anyOf: members.map((name) => ({ required: [name] })) },
        },
      },
    },
    required: ["volume"],
    additionalProperties: false,
  },
  async run(call, world) {
    const { records } = world.backend();
    const said = call.body.volume;
    const found = await getVolume(records, reachOf(call), call.path.volume_id, call.now);
    const name = said.name ?? said.display_name;
    const description = said.description ?? said.display_description;
    const now = await changeVolume(records, found, call.now, (was) => ({
      ...was,
      ...(name !== undefined && { name: cleaned(name) }),
      ...(description !== undefined && { description: cleaned(description) }),
      ...(said.metadata && { metadata: said.metadata as Record<string, string> }),
      updated: call.now,
    }));
    return { volume: inDetail(call, now) };
  },
});
