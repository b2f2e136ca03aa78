import type { Instant } from "../../core/instant.ts";
import {
  type Action,
  actionDurationMs,
  type Motion,
  type RequestedAction,
  requestedActionOf,
  ruleOf,
} from "./lifecycle.ts";
import { isSideAction, type SideAction, sideActionRow } from "./side-action.ts";

/** The caller and the request. */
export interface Requester {
  /** `req-<uuid>`. */
  readonly request: string;
  readonly user: string;
  readonly project: string;
  /** True for administrators (E-05). */
  readonly canOverrideLock?: boolean;
}

/** Something that is done to a server without moving it, by whom and when. */
export interface ActionRecord {
  readonly action: SideAction;
  readonly by: Requester;
  readonly now: Instant;
}

export interface StartedAction extends Requester {
  readonly action: Action | SideAction;
  readonly start: Instant;
}

/** nova/objects/instance_action.py. */
export interface InstanceAction extends Requester {
  readonly name: string;
  readonly start: Instant;
  /** The end, or the start while it runs. */
  readonly updated: Instant;
  readonly message: string | null;
  /** null for `resetState`. */
  readonly event: {
    readonly name: string;
    readonly start: Instant;
    readonly finish: Instant | null;
    readonly result: "Success" | "Error" | null;
  } | null;
}

/** `action`: nova/compute/instance_actions.py; `event`: the method of nova/compute/manager.py. */
const actionNames = {
  create: { action: "create", event: "compute__do_build_and_run_instance" },
  start: { action: "start", event: "compute_start_instance" },
  stop: { action: "stop", event: "compute_stop_instance" },
  softReboot: { action: "reboot", event: "compute_reboot_instance" },
  hardReboot: { action: "reboot", event: "compute_reboot_instance" },
  pause: { action: "pause", event: "compute_pause_instance" },
  unpause: { action: "unpause", event: "compute_unpause_instance" },
  suspend: { action: "suspend", event: "compute_suspend_instance" },
  resume: { action: "resume", event: "compute_resume_instance" },
  rescue: { action: "rescue", event: "compute_rescue_instance" },
  unrescue: { action: "unrescue", event: "compute_unrescue_instance" },
  changePassword: { action: "changePassword", event: "compute_set_admin_password" },
  resize: { action: "resize", event: "compute_finish_resize" },
  migrate: { action: "migrate", event: "compute_finish_resize" },
  confirmResize: { action: "confirmResize", event: "compute_confirm_resize" },
  revertResize: { action: "revertResize", event: "compute_finish_revert_resize" },
  rebuild: { action: "rebuild", event: "compute_rebuild_instance" },
  liveMigrate: { action: "live-migration", event: "compute_live_migration" },
  abortLiveMigration: {
    action: "live_migration_cancel",
    event: "compute_live_migration_abort",
  },
  forceLiveMigration: {
    action: "live_migration_force_complete",
    event: "compute_live_migration_force_complete",
  },
  evacuate: { action: "evacuate", event: "compute_rebuild_instance" },
  evacuateOff: { action: "evacuate", event: "compute_rebuild_instance" },
  createImage: { action: "createImage", event: "compute_snapshot_instance" },
  createBackup: { action: "createBackup", event: "compute_backup_instance" },
  shelve: { action: "shelve", event: "compute_shelve_instance" },
  shelveOffload: { action: "shelveOffload", event: "compute_shelve_offload_instance" },
  unshelve: { action: "unshelve", event: "compute_unshelve_instance" },
  // nova/api/openstack/compute/admin_actions.py:79 records no event
  resetToActive: { action: "resetState", event: null },
  resetToError: { action: "resetState", event: null },
  softDelete: { action: "delete", event: "compute_soft_delete_instance" },
  restore: { action: "restore", event: "compute_restore_instance" },
  delete: { action: "delete", event: "compute_terminate_instance" },
} as const satisfies Record<
  RequestedAction,
  { readonly action: string; readonly event: string | null }
>;

export const getActionNames = (
  action: Action,
): { readonly action: string; readonly event: string | null } =>
  actionNames[requestedActionOf(action)];

/**
 * Derives results, newest first: an action ends when its legs do or the next action begins, and an
 * interrupted one failed (nova/db/main/api.py action_event_finish). Side actions interrupt nothing.
 */
export function toInstanceActions(
  started: readonly StartedAction[],
  { due: arrivesAt }: Motion,
  now: Instant,
): InstanceAction[] {
  let next: StartedAction | null = null;
  return started.toReversed().map((current) => {
    const { action } = current;
    if (isSideAction(action))
      return toInstanceAction(current, current.start, sideActionRow(action), now);
    // only the motion knows a requested delay of the last action
    const plannedEnd = next === null ? arrivesAt : current.start + actionDurationMs(action);
    // hastening a migration does not interrupt it
    const due = next?.action === "forceLiveMigration" ? next.start : plannedEnd;
    const endsAt = Math.min(due, next?.start ?? Infinity);
    next = current;
    return toInstanceAction(
      current,
      endsAt,
      getActionNames(action),
      now,
      endsAt < due || ruleOf(action).failureOf,
    );
  });
}

function toInstanceAction(
  { action: _, start, ...requester }: StartedAction,
  endsAt: Instant,
  { action: name, event }: { readonly action: string; readonly event: string | null },
  now: Instant,
  hasFailed: string | boolean = false,
): InstanceAction {
  const finish = endsAt <= now ? endsAt : null;
  const result = finish === null ? null : hasFailed ? "Error" : "Success";
  return {
    ...requester,
    name,
    start,
    updated: finish ?? start,
    message: result === "Error" ? "Error" : null,
    event: event === null ? null : { name: event, start, finish, result },
  };
}
