import type { Environment } from "../../http/environment.ts";
import type { Call } from "../../http/operation.ts";
import type { Snapshot } from "../model/volume.ts";
import { changeSnapshot, getSnapshot } from "../repositories/snapshots.ts";
import { projectScopeOf } from "../request.ts";

type SnapshotActionCall<Body> = Call<"snapshot_id", Body>;

/** The `run` of an action that only changes its snapshot. @calls Query, GetItem, PutItem */
export const changingSnapshot =
  <Body>(change: (was: Snapshot, call: SnapshotActionCall<Body>) => Snapshot) =>
  async (call: SnapshotActionCall<Body>, environment: Environment): Promise<undefined> => {
    const { records } = environment.backend();
    const found = await getSnapshot(records, projectScopeOf(call), call.path.snapshot_id, call.now);
    await changeSnapshot(records, found, call.now, (was) => change(was, call));
    return undefined;
  };
