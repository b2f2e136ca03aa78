import { operation } from "../../http/operation.ts";
import type { Volume } from "../model/volume.ts";
import { beginExtend } from "../model/volume-changes.ts";
import {
  assertVolumeQuota,
  assertVolumeSize,
  getVolumeLimits,
  getVolumeUsage,
} from "../repositories/quotas.ts";
import { changeVolume, getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";
import { closedObject, singleMember, sizeField } from "../schema-fields.ts";

/** Checks the status before the quota, and again on storing. */
export const extendVolume = operation({
  id: "volume/extend-volume",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-extend",
  access: { rule: "volume:extend", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember("os-extend", closedObject({ new_size: sizeField }, ["new_size"])),
  async run(call, environment) {
    const { records } = environment.backend();
    const { now, microversion } = call;
    const size = Number(call.body["os-extend"].new_size);
    const extend = (was: Volume) => beginExtend(was, size, microversion >= 42, now);
    const volume = await getVolume(records, projectScopeOf(call), call.path.volume_id, now);
    extend(volume);
    const limits = await getVolumeLimits(records, volume.project_id);
    assertVolumeSize(limits, size);
    const used = await getVolumeUsage(records, volume.project_id, now);
    assertVolumeQuota(limits, used, null, size - volume.size);
    await changeVolume(records, volume, now, extend);
    return undefined;
  },
});
