import type { ConsoleProtocol } from "./console-grant.ts";
import { type RequestedAction, requestedActions, requestedRuleOf } from "./lifecycle.ts";
import { type SideAction, sideActions } from "./side-action.ts";

/** Changes that are no action but depend on the server's state. */
export type SideChange =
  | `${ConsoleProtocol}Console`
  | "updateMetadata"
  | "deleteMetadata"
  | "updateTag"
  | "updateTags"
  | "deleteTag"
  | "deleteTags";

/** A side action has the verb of its instance action. */
const sideActionNames = Object.fromEntries(
  Object.entries(sideActions).map(([sideAction, { action }]) => [sideAction, action]),
) as Record<SideAction, string>;

const requestedActionVerbs = Object.fromEntries(
  requestedActions.map((action) => [action, requestedRuleOf(action).verb]),
) as Record<RequestedAction, string>;

/** Verbs of Nova's conflict messages. */
export const actionVerbs: Record<RequestedAction | SideChange | SideAction, string> = {
  ...sideActionNames,
  ...requestedActionVerbs,
  vncConsole: "get_vnc_console",
  spiceConsole: "get_spice_console",
  serialConsole: "get_serial_console",
  rdpConsole: "get_rdp_console",
  mksConsole: "get_mks_console",
  updateMetadata: "update metadata",
  deleteMetadata: "delete metadata",
  updateTag: "update tag",
  updateTags: "update tags",
  deleteTag: "delete tag",
  deleteTags: "delete tags",
};
