import { operation } from "../../http/operation.ts";
import { beginDelete } from "../model/volume-changes.ts";
import { singleMember } from "../schema-fields.ts";
import { changingVolume } from "./changing-volume.ts";

export const forceDeleteVolume = operation({
  id: "volume/force-delete-volume",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-force_delete",
  access: { rule: "volume_extension:volume_admin_actions:force_delete", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember("os-force_delete", {}),
  run: changingVolume((was, { now }) => beginDelete(was, { cascade: false, force: true }, now)),
});
