import { conflict } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { singleMember } from "../schema-fields.ts";
import { changingTypeAccess, projectAccessBody } from "./changing-type-access.ts";

export const addTypeAccess = operation({
  id: "volume/add-type-access",
  service: "volume",
  route: "POST /types/{type_id}/action",
  action: "addProjectAccess",
  access: { rule: "volume_extension:volume_type_access:addProjectAccess", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "accepted",
  body: singleMember("addProjectAccess", projectAccessBody),
  run: changingTypeAccess("addProjectAccess", ({ id, projects }, project) => {
    if (projects.includes(project))
      throw conflict(`Volume type access for ${id} / ${project} combination already exists.`);
    return [...projects, project];
  }),
});
