import { badRequest } from "../../core/fault.ts";

/** Throws for text that is no project id. */
export function assertProjectId(id: string): void {
  if (!/^[0-9a-f]{32}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
    throw badRequest(`Project ID ${id} is not a valid project.`);
}

/** Nova accepts any text and finds nothing; a table key has a limit. */
export const truncateProjectId = (id: string): string => id.slice(0, 255);
