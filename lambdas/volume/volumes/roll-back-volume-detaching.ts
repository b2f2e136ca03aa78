import { operation } from "../../http/operation.ts";
import { singleMember } from "../schema-fields.ts";
import { changingVolume } from "./changing-volume.ts";

export const rollBackVolumeDetaching = operation({
  id: "volume/roll-back-volume-detaching",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-roll_detaching",
  access: { rule: "volume_extension:volume_actions:roll_detaching", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember("os-roll_detaching", {}),
  run: changingVolume((was, { now }) =>
    was.status === "detaching" ? { ...was, status: "in-use", motion: null, updated: now } : was,
  ),
});
