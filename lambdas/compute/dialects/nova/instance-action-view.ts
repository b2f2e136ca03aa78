import { toIsoMicros } from "../../../core/times.ts";
import type { RequestContext } from "../../../http/dialect.ts";
import type { InstanceAction } from "../../model/instance-action.ts";
import type { Server } from "../../model/server.ts";

/** nova/api/openstack/compute/instance_actions.py ACTION_KEYS. */
export const instanceActionView = (
  action: InstanceAction,
  { id }: Server,
  context: RequestContext,
) => ({
  action: action.name,
  instance_uuid: id,
  request_id: action.request,
  user_id: action.user,
  project_id: action.project,
  start_time: toIsoMicros(action.start),
  message: action.message,
  ...(context.microversion >= 58 && { updated_at: toIsoMicros(action.updated) }),
});

/** With the events, until 2.50 for administrators only. */
export function instanceActionDetailView(
  action: InstanceAction,
  server: Server,
  context: RequestContext,
) {
  const { microversion, caller } = context;
  const isAdmin = caller?.roles.includes("admin") === true;
  const eventView = ({ name, start, finish, result }: NonNullable<InstanceAction["event"]>) => ({
    event: name,
    start_time: toIsoMicros(start),
    finish_time: finish === null ? null : toIsoMicros(finish),
    result,
    ...(isAdmin && { traceback: null }),
    ...(isAdmin && microversion >= 62 && { host: server.host }),
    ...(microversion >= 62 && { hostId: server.hostId }),
    ...(isAdmin && microversion >= 84 && { details: null }),
  });
  return {
    ...instanceActionView(action, server, context),
    ...((isAdmin || microversion >= 51) && {
      events: action.event === null ? [] : [eventView(action.event)],
    }),
  };
}
