import { operation } from "../../http/operation.ts";
import { invalidAttribute } from "../faults.ts";
import { isFlagSet, toKeystoneList } from "../list-engine.ts";
import { readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { assignmentView, listAssignments } from "./assignments.ts";

export const listRoleAssignments = operation({
  id: "identity/list-role-assignments",
  service: "identity",
  route: "GET /v3/role_assignments",
  access: { rule: "identity:list_role_assignments", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const { query, origin } = call;
    const [user, role] = [query.get("user.id"), query.get("role.id")];
    const scopes = [
      ["project", query.get("scope.project.id")],
      ["domain", query.get("scope.domain.id")],
      ["system", query.get("scope.system")],
    ] as const;
    const [scope, another] = scopes.filter(([, id]) => id);
    if (scope && another)
      throw invalidAttribute(`Specify a ${another[0]} or ${scope[0]}, not both`);
    if (user && query.get("group.id")) throw invalidAttribute("Specify a user or group, not both");

    const { records } = environment.backend();
    const directory = await readDirectory(records);
    // no assignments to groups exist, and none are inherited
    const barren =
      query.get("group.id") || query.get("scope.OS-INHERIT:inherited_to") === "projects";
    const users = barren ? [] : await usersIn(records).all();
    const assignments = users
      .filter(({ id }) => !user || id === user)
      .flatMap((one) => listAssignments(one, directory, isFlagSet(query.get("effective"))))
      .filter((one) => !role || one.role.id === role)
      .filter(
        ({ on }) =>
          !scope || (on.kind === scope[0] && (on.kind === "system" || on.id === scope[1])),
      );
    const named = isFlagSet(query.get("include_names"));
    const shown = assignments.map((one) => assignmentView(one, { origin, directory, named }));
    return toKeystoneList("role_assignments", shown, call);
  },
});
