import { Fault } from "../../core/fault.ts";
import { type Caller, hasRole } from "../../identity/model/identity.ts";
import { assertProjectId } from "../../identity/model/project-id.ts";

/** Administrators may name any project. */
export function assertTargetProject(caller: Caller, project: string, rule: string): void {
  if (project === caller.project?.id) return;
  if (!hasRole(caller, "admin")) throw new Fault({ kind: "forbidden", rule });
  assertProjectId(project);
}
