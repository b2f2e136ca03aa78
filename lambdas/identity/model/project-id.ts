import { badRequest } from "../../core/fault.ts";

/** What is no project's id is none; whether a project of that id is there, Nova asks Keystone. */
export function assertProjectId(id: string): void {
  if (!/^[0-9a-f]{32}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
    throw badRequest(`Project ID ${id} is not a valid project.`);
}

/** Nova takes anything for a project to look at, and finds nothing there; a key of the table may only be so long. */
export const truncateProjectId = (id: string): string => id.slice(0, 255);
