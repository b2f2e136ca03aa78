import { randomUUID } from "node:crypto";
import { malformed } from "../../domain/fault.ts";
import { snapshotted } from "../../domain/volume/changes.ts";
import { takes } from "../../domain/volume/moving.ts";
import { limitsOf, refuseExcess, usedBy } from "../../domain/volume/quota.ts";
import type { Snapshot } from "../../domain/volume/snapshots.ts";
import { changeVolume, volumeWith } from "../../domain/volume/volumes.ts";
import { operation } from "../../http/operation.ts";
import { isYes, reachOf } from "../asking.ts";
import { boolean, cleaned, only, optionalMetadata, optionalUuid, text } from "../shapes.ts";
import { inDetail } from "./snapshot.ts";

export const createSnapshot = operation({
  id: "volumes/snapshots/create-snapshot",
  service: "volume",
  route: "POST /snapshots",
  access: { rule: "volume:create_snapshot", role: "member" },
  calls: ["GetItem", "Query", "PutItem"],
  answer: "begun",
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
    const { records } = world.backend();
    const said = call.body.snapshot;
    const { now } = call;
    const volume = await volumeWith(records, reachOf(call), String(said.volume_id), now);
    const force = isYes(said.force);
    if (call.microversion >= 66 && said.force !== undefined && !force)
      throw malformed(
        "Since microversion 3.66 the 'force' flag is invalid for this request.  For backward compatability, however, when the 'force' flag is passed with a value evaluating to True, it is silently ignored.",
      );
    const inUse = force || call.microversion >= 66;
    const snapshot: Snapshot = {
      id: randomUUID(),
      user: call.caller.user.id,
      name: cleaned(said.name ?? said.display_name),
      description: cleaned(said.description),
      size: volume.size,
      metadata: (said.metadata ?? {}) as Record<string, string>,
      status: "creating",
      created: now,
      updated: null,
      motion: { due: now + takes, becoming: { status: "available" } },
    };
    snapshotted(volume, snapshot, inUse);
    const limits = await limitsOf(records, volume.project_id);
    const used = await usedBy(records, volume.project_id, now);
    refuseExcess(limits, used, "snapshots", volume.size);
    const changed = await changeVolume(records, volume, now, (was) =>
      snapshotted(was, snapshot, inUse),
    );
    return { snapshot: inDetail(call, { volume: changed, snapshot }) };
  },
});
