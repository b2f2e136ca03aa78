import { operation } from "../../http/operation.ts";
import { beginDetaching } from "../model/attachment.ts";
import { singleMember } from "../schema-fields.ts";
import { changingVolume } from "./changing-volume.ts";

export const beginVolumeDetaching = operation({
  id: "volume/begin-volume-detaching",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-begin_detaching",
  access: { rule: "volume_extension:volume_actions:begin_detaching", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember("os-begin_detaching", {}),
  run: changingVolume((was, { now }) => beginDetaching(was, now)),
});
