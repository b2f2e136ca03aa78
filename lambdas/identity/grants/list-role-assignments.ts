import { operation } from "../../http/operation.ts";
import { invalid } from "../faults.ts";
import { isTrue, listSources } from "../list-engine.ts";
import { readDirectory } from "../repositories/directory.ts";
import { usersIn } from "../repositories/users.ts";
import { assignmentsOf, assignmentView } from "./assignments.ts";

/** All assignments; `effective` adds implied roles. */
export const listRoleAssignments = operation({
  id: "identity/list-role-assignments",
  service: "identity",
  route: "GET /v3/role_assignments",
  access: { rule: "identity:list_role_assignments", role: "admin" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const { query, origin } = call;
    const [user, role] = [query.get("user.id"), query.get("role.id")];
    const scopes = [
      ["project", query.get("scope.project.id")],
      ["domain", query.get("scope.domain.id")],
      ["system", query.get("scope.system")],
    ] as const;
    const [scope, another] = scopes.filter(([, id]) => id);
    if (scope && another) throw invalid(`Specify a ${another[0]} or ${scope[0]}, not both`);
    if (user && query.get("group.id")) throw invalid("Specify a user or group, not both");

    const { records } = world.backend();
    const directory = await readDirectory(records);
    // no assignments to groups exist, and none are inherited
    const barren =
      query.get("group.id") || query.get("scope.OS-INHERIT:inherited_to") === "projects";
    const users = barren ? [] : await usersIn(records).all();
    const assignments = users
      .filter(({ id }) => !user || id === user)
      .flatMap((one) => assignmentsOf(one, directory, isTrue(query.get("effective"))))
      .filter((one) => !role || one.role.id === role)
      .filter(
        ({ on }) =>
          !scope || (on.kind === scope[0] && (on.kind === "system" || on.id === scope[1])),
      );
    const named = isTrue(query.get("include_names"));
    const shown = assignments.map((one) => assignmentView(one, { origin, directory, named }));
    return listSources("role_assignments", shown, call);
  },
});
