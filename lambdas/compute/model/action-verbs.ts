import type { ConsoleProtocol } from "./console-grant.ts";
import type { RequestedAction } from "./lifecycle.ts";
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

/** Verbs of Nova's conflict messages. */
export const actionVerbs: Record<RequestedAction | SideChange | SideAction, string> = {
  ...sideActionNames,
  create: "create",
  start: "start",
  stop: "stop",
  softReboot: "reboot",
  hardReboot: "reboot",
  pause: "pause",
  unpause: "unpause",
  suspend: "suspend",
  resume: "resume",
  rescue: "rescue",
  unrescue: "unrescue",
  changePassword: "changePassword",
  resize: "resize",
  migrate: "migrate",
  confirmResize: "confirmResize",
  revertResize: "revertResize",
  rebuild: "rebuild",
  liveMigrate: "os-migrateLive",
  abortLiveMigration: "abort live migration",
  forceLiveMigration: "force_complete",
  evacuate: "evacuate",
  evacuateOff: "evacuate",
  createImage: "createImage",
  createBackup: "createBackup",
  shelve: "shelve",
  shelveOffload: "shelveOffload",
  unshelve: "unshelve",
  resetToActive: "resetState",
  resetToError: "resetState",
  softDelete: "delete",
  restore: "restore",
  delete: "delete",
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
