import { Fault } from "../../core/fault.ts";
import { type Caller, holds } from "../../identity/model/identity.ts";
import { refuseStrangeProject } from "../../identity/model/project-id.ts";

/** One's own project; any for administrators, where it can be one at all. */
export function assertTargetProject(caller: Caller, project: string, rule: string): void {
  if (project === caller.project?.id) return;
  if (!holds(caller, "admin")) throw new Fault({ kind: "forbidden", rule });
  refuseStrangeProject(project);
}
