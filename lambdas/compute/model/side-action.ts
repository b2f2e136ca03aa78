import type { Rule } from "./lifecycle-rule.ts";

/** An action that is no transition: logged, and may change side attributes. */
interface SideActionRow {
  /** nova/compute/instance_actions.py. */
  readonly action: string;
  /** The method that runs it. */
  readonly event: string;
  /** Present where logging is the whole action. */
  readonly preconditions?: Pick<Rule, "from" | "needsHost">;
}

export const sideActions = {
  // nova/compute/api.py:5020, 5050: wrap_instance_event(prefix='api')
  lock: { action: "lock", event: "api_lock" },
  unlock: { action: "unlock", event: "api_unlock" },
  attachInterface: { action: "attach_interface", event: "compute_attach_interface" },
  detachInterface: { action: "detach_interface", event: "compute_detach_interface" },
  attachVolume: { action: "attach_volume", event: "compute_attach_volume" },
  detachVolume: { action: "detach_volume", event: "compute_detach_volume" },
  swapVolume: { action: "swap_volume", event: "compute_swap_volume" },
  extendVolume: { action: "extend_volume", event: "compute_extend_volume" },
  // nova/compute/api.py:2887, nova/compute/vm_states.py:77
  triggerCrashDump: {
    action: "trigger_crash_dump",
    event: "compute_trigger_crash_dump",
    preconditions: { from: ["active", "paused", "rescued", "resized", "error"], needsHost: true },
  },
} as const satisfies Record<string, SideActionRow>;

export type SideAction = keyof typeof sideActions;

/** Widens a row to `SideActionRow`. */
export const sideActionRow = (action: SideAction): SideActionRow => sideActions[action];

export const isSideAction = (name: string): name is SideAction => Object.hasOwn(sideActions, name);
