import { operation } from "../../http/operation.ts";
import { finishDetach } from "../model/attachment.ts";
import { singleMember } from "../schema-fields.ts";
import { changingVolume } from "./changing-volume.ts";

export const unreserveVolume = operation({
  id: "volume/unreserve-volume",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-unreserve",
  access: { rule: "volume_extension:volume_actions:unreserve", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember("os-unreserve", {}),
  run: changingVolume((was, { now }) =>
    was.status === "attaching" && !was.motion ? finishDetach(was, () => false, now) : was,
  ),
});
