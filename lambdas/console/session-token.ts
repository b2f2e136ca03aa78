import { isUuid } from "../core/uuid.ts";

/** Identifies a viewer's console session; `viewer` is the secret, stored as a hash. */
export interface SessionToken {
  readonly project: string;
  readonly server: string;
  readonly viewer: string;
}

export const formatSessionToken = ({ viewer, server, project }: SessionToken): string =>
  `${viewer}.${server}.${project}`;

export function parseSessionToken(text: string): SessionToken | null {
  const [viewer = "", server = "", ...project] = text.split(".");
  if (!isUuid(viewer) || !isUuid(server) || project.length === 0 || text.length > 600) return null;
  return { viewer, server, project: project.join(".") };
}
