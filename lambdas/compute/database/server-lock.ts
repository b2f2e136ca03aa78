import type { Table } from "../../database/table.ts";
import type { Servers } from "../../ports/backend.ts";
import { decodeServer } from "./server-item.ts";
import { recordSideAction } from "./side-action.ts";

export const locksIn = (table: Table): Pick<Servers, "lock" | "unlock"> => ({
  // nova/compute/api.py:5020: an administrator replaces the owner's lock and keeps its reason
  async lock(project, id, { by: lockOwner, reason }, now, by) {
    await recordSideAction(
      { table, project, id, sideAction: "lock", now, by },
      {
        set: [
          "lockedBy = :whose",
          "updated = :now",
          ...(reason === null ? [] : ["lockedReason = :reason"]),
        ],
        ...(lockOwner === "owner" && { when: ["attribute_not_exists(lockedBy)"] }),
        values: {
          ":whose": { S: lockOwner },
          ...(reason !== null && { ":reason": { S: reason } }),
        },
      },
      (seen) => lockOwner === "owner" && decodeServer(seen).lock !== null,
    );
  },

  unlock(project, id, lockOwner, now, by) {
    const isOwnersOnly = lockOwner !== "anybody's";
    return recordSideAction(
      { table, project, id, sideAction: "unlock", now, by },
      {
        set: ["updated = :now"],
        remove: ["lockedBy", "lockedReason"],
        ...(isOwnersOnly && {
          when: ["(attribute_not_exists(lockedBy) OR lockedBy = :whose)"],
          values: { ":whose": { S: lockOwner } },
        }),
      },
      (seen) => isOwnersOnly && (decodeServer(seen).lock?.by ?? lockOwner) !== lockOwner,
    );
  },
});
