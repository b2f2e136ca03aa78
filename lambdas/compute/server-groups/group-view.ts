import type { ServerGroup } from "../repositories/server-groups.ts";

export const serverGroupView = (
  { id, name, policy, rules, project, user }: ServerGroup,
  members: readonly { readonly id: string }[],
  microversion: number,
) => ({
  id,
  name,
  ...(microversion < 64 ? { policies: [policy], metadata: {} } : { policy, rules }),
  members: members.map((server) => server.id),
  ...(microversion >= 13 && { project_id: project, user_id: user }),
});
