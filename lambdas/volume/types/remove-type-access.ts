import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { singleMember } from "../schema-fields.ts";
import { changingTypeAccess, projectAccessBody } from "./changing-type-access.ts";

export const removeTypeAccess = operation({
  id: "volume/remove-type-access",
  service: "volume",
  route: "POST /types/{type_id}/action",
  action: "removeProjectAccess",
  access: { rule: "volume_extension:volume_type_access:removeProjectAccess", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "accepted",
  body: singleMember("removeProjectAccess", projectAccessBody),
  run: changingTypeAccess("removeProjectAccess", ({ id, projects }, project) => {
    if (!projects.includes(project))
      throw notFound(
        "volume-part",
        `Volume type access not found for ${id} / ${project} combination.`,
      );
    return projects.filter((one) => one !== project);
  }),
});
