import type { ConsoleProtocol } from "./console-grant.ts";
import type { Deed } from "./lifecycle.ts";
import { type Note, notes } from "./side-action.ts";

/** What a server's state can stand against, besides the actions of its life. */
export type Meddling =
  | `${ConsoleProtocol}Console`
  | "updateMetadata"
  | "deleteMetadata"
  | "updateTag"
  | "updateTags"
  | "deleteTag"
  | "deleteTags";

/** Of what is only noted, the names are those of its entry in the log. */
const noteNames = Object.fromEntries(
  Object.entries(notes).map(([note, { action }]) => [note, action]),
) as Record<Note, string>;

/** The names Nova gives the actions in its conflict messages. */
export const actionVerbs: Record<Deed | Meddling | Note, string> = {
  ...noteNames,
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
