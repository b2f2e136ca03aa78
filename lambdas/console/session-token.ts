import { isUuid } from "../core/uuid.ts";

/** What an open console is found by. The viewer's part is the secret; its seat in the room knows it. */
export interface Session {
  readonly project: string;
  readonly server: string;
  readonly viewer: string;
}

export const sessionText = ({ viewer, server, project }: Session): string =>
  `${viewer}.${server}.${project}`;

export function sessionIn(text: string): Session | null {
  const [viewer = "", server = "", ...project] = text.split(".");
  if (!isUuid(viewer) || !isUuid(server) || project.length === 0 || text.length > 600) return null;
  return { viewer, server, project: project.join(".") };
}
