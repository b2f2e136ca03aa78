import { operation } from "../../http/operation.ts";
import { changeSnapshot, getSnapshot } from "../repositories/snapshots.ts";
import { projectScopeOf } from "../request.ts";
import { shortText, singleMember, trimText } from "../schema-fields.ts";
import { snapshotDetailView } from "./views.ts";

export const updateSnapshot = operation({
  id: "volume/update-snapshot",
  service: "volume",
  route: "PUT /snapshots/{snapshot_id}",
  access: { rule: "volume:update_snapshot", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  // cinder/api/schemas/snapshots.py
  body: singleMember("snapshot", {
    type: "object",
    properties: {
      name: shortText,
      description: shortText,
      display_name: shortText,
      display_description: shortText,
    },
    additionalProperties: false,
    minProperties: 1,
  }),
  async run(call, environment) {
    const { records } = environment.backend();
    const attributes = call.body.snapshot;
    const found = await getSnapshot(records, projectScopeOf(call), call.path.snapshot_id, call.now);
    const name = attributes.name ?? attributes.display_name;
    const description = attributes.description ?? attributes.display_description;
    const changed = await changeSnapshot(records, found, call.now, (was) => ({
      ...was,
      ...(name !== undefined && { name: trimText(name) }),
      ...(description !== undefined && { description: trimText(description) }),
      updated: call.now,
    }));
    return { snapshot: snapshotDetailView(call, changed) };
  },
});
