import type { Environment } from "../../http/environment.ts";
import type { Call } from "../../http/operation.ts";
import type { Volume } from "../model/volume.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";

type VolumeActionCall<Body> = Call<"volume_id", Body>;

/** The `run` of an action that only changes its volume. @calls GetItem, Query, PutItem */
export const changingVolume =
  <Body>(change: (was: Volume, call: VolumeActionCall<Body>) => Volume) =>
  async (call: VolumeActionCall<Body>, environment: Environment): Promise<undefined> => {
    const { records } = environment.backend();
    const found = await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    await changeVolume(records, found, call.now, (was) => change(was, call));
    return undefined;
  };
