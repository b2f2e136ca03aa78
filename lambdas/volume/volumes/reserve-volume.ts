import { operation } from "../../http/operation.ts";
import { invalidVolume, joinOr } from "../model/attachment.ts";
import { singleMember } from "../schema-fields.ts";
import { changingVolume } from "./changing-volume.ts";

export const reserveVolume = operation({
  id: "volume/reserve-volume",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-reserve",
  access: { rule: "volume_extension:volume_actions:reserve", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "accepted",
  body: singleMember("os-reserve", {}),
  run: changingVolume((was, { now }) => {
    const from = was.multiattach ? ["available", "in-use"] : ["available"];
    if (!from.includes(was.status))
      throw invalidVolume(
        `Volume status must be ${joinOr(from)} to reserve, but the status is ${was.status}.`,
      );
    return { ...was, status: "attaching", updated: now };
  }),
});
