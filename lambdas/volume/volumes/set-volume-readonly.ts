import { isTrue, oslo } from "../../core/booleans.ts";
import { operation } from "../../http/operation.ts";
import { invalidVolume } from "../model/attachment.ts";
import { booleanField, closedObject, singleMember } from "../schema-fields.ts";
import { changingVolume } from "./changing-volume.ts";

export const setVolumeReadonly = operation({
  id: "volume/set-volume-readonly",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-update_readonly_flag",
  access: { rule: "volume:update_readonly_flag", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember(
    "os-update_readonly_flag",
    closedObject({ readonly: booleanField }, ["readonly"]),
  ),
  run: changingVolume((was, { body, now }) => {
    if (was.status !== "available")
      throw invalidVolume(
        `Volume ${was.id} status must be available to update readonly flag, but current status is: ${was.status}.`,
      );
    return {
      ...was,
      readonly: isTrue(oslo, body["os-update_readonly_flag"].readonly),
      updated: now,
    };
  }),
});
