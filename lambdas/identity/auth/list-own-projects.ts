import { operation } from "../../http/operation.ts";
import { toKeystoneList } from "../list-engine.ts";
import { accessibleTargets } from "../model/effective-roles.ts";
import { readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { projectView } from "../views.ts";

export const listOwnProjects = operation({
  id: "identity/list-own-projects",
  service: "identity",
  route: "GET /v3/auth/projects",
  access: "authenticated",
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    const user = await usersIn(records).findById(call.caller.user.id);
    const directory = await readDirectory(records);
    const ids = user ? accessibleTargets(user, "project", directory) : [];
    const projects = ids.flatMap((id) => directory.project(id) ?? []);
    const shown = projects.map((one) => projectView(call.origin, one));
    return toKeystoneList("projects", shown, call, "auth/projects");
  },
});
