import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { isYes, reachOf } from "../request.ts";
import { boolean, cleaned, only, optionalMetadata, optionalUuid, text } from "../schema-fields.ts";
import { inDetail } from "./snapshot.ts";
import { takeSnapshot } from "./take-snapshot.ts";

export const createSnapshot = operation({
  id: "volume/create-snapshot",
  service: "volume",
  route: "POST /snapshots",
  access: { rule: "volume:create_snapshot", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "acceptedDocument",
  // cinder/api/schemas/snapshots.py
  body: only("snapshot", {
    type: "object",
    properties: {
      name: text,
      display_name: text,
      description: text,
      volume_id: optionalUuid,
      force: boolean,
      metadata: optionalMetadata,
    },
    required: ["volume_id"],
    additionalProperties: false,
  }),
  async run(call, world) {
    const said = call.body.snapshot;
    const force = isYes(said.force);
    if (call.microversion >= 66 && said.force !== undefined && !force)
      throw badRequest(
        "Since microversion 3.66 the 'force' flag is invalid for this request.  For backward compatability, however, when the 'force' flag is passed with a value evaluating to True, it is silently ignored.",
      );
    const taken = await takeSnapshot(world.backend().records, reachOf(call), {
      volume: String(said.volume_id),
      user: call.caller.user.id,
      name: cleaned(said.name ?? said.display_name),
      description: cleaned(said.description),
      metadata: (said.metadata ?? {}) as Record<string, string>,
      inUse: force || call.microversion >= 66,
      now: call.now,
    });
    return { snapshot: inDetail(call, taken) };
  },
});
