import { operation } from "../../http/operation.ts";
import { changeSnapshot, getSnapshot } from "../repositories/snapshots.ts";
import { reachOf } from "../request.ts";
import { cleaned, only, text } from "../schema-fields.ts";
import { inDetail } from "./snapshot.ts";

export const updateSnapshot = operation({
  id: "volume/update-snapshot",
  service: "volume",
  route: "PUT /snapshots/{snapshot_id}",
  access: { rule: "volume:update_snapshot", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  // cinder/api/schemas/snapshots.py
  body: only("snapshot", {
    type: "object",
    properties: {
      name: text,
      description: text,
      display_name: text,
      display_description: text,
    },
    additionalProperties: false,
    minProperties: 1,
  }),
  async run(call, world) {
    const { records } = world.backend();
    const said = call.body.snapshot;
    const found = await getSnapshot(records, reachOf(call), call.path.snapshot_id, call.now);
    const name = said.name ?? said.display_name;
    const description = said.description ?? said.display_description;
    const changed = await changeSnapshot(records, found, call.now, (was) => ({
      ...was,
      ...(name !== undefined && { name: cleaned(name) }),
      ...(description !== undefined && { description: cleaned(description) }),
      updated: call.now,
    }));
    return { snapshot: inDetail(call, changed) };
  },
});
