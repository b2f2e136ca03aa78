import { isTrue, oslo } from "../../core/booleans.ts";
import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { projectScopeOf } from "../request.ts";
import {
  booleanField,
  optionalMetadata,
  optionalUuid,
  shortText,
  singleMember,
  trimText,
} from "../schema-fields.ts";
import { takeSnapshot } from "./take-snapshot.ts";
import { snapshotDetailView } from "./views.ts";

export const createSnapshot = operation({
  id: "volume/create-snapshot",
  service: "volume",
  route: "POST /snapshots",
  access: { rule: "volume:create_snapshot", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "acceptedDocument",
  // cinder/api/schemas/snapshots.py
  body: singleMember("snapshot", {
    type: "object",
    properties: {
      name: shortText,
      display_name: shortText,
      description: shortText,
      volume_id: optionalUuid,
      force: booleanField,
      metadata: optionalMetadata,
    },
    required: ["volume_id"],
    additionalProperties: false,
  }),
  async run(call, environment) {
    const attributes = call.body.snapshot;
    const force = isTrue(oslo, attributes.force);
    if (call.microversion >= 66 && attributes.force !== undefined && !force)
      throw badRequest(
        "Since microversion 3.66 the 'force' flag is invalid for this request.  For backward compatability, however, when the 'force' flag is passed with a value evaluating to True, it is silently ignored.",
      );
    const found = await takeSnapshot(environment.backend().records, projectScopeOf(call), {
      volume: String(attributes.volume_id),
      user: call.caller.user.id,
      name: trimText(attributes.name ?? attributes.display_name),
      description: trimText(attributes.description),
      metadata: (attributes.metadata ?? {}) as Record<string, string>,
      isInUseAllowed: force || call.microversion >= 66,
      now: call.now,
    });
    return { snapshot: snapshotDetailView(call, found) };
  },
});
