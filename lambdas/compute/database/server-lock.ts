import type { Table } from "../../database/table.ts";
import type { Servers } from "../../ports/backend.ts";
import { decode } from "./server-item.ts";
import { noted } from "./side-action.ts";

/** Locks are put on and taken off by one conditional update; one that is refused says why. */
export const locksIn = (table: Table): Pick<Servers, "lock" | "unlock"> => ({
  // nova/compute/api.py:5020: an administrator's lock goes over the owner's, and keeps its reason
  async lock(project, id, { by: whose, reason }, now, by) {
    await noted(
      { table, project, id, note: "lock", now, by },
      {
        sets: [
          "lockedBy = :whose",
          "updated = :now",
          ...(reason === null ? [] : ["lockedReason = :reason"]),
        ],
        ...(whose === "owner" && { condition: "attribute_not_exists(lockedBy)" }),
        values: { ":whose": { S: whose }, ...(reason !== null && { ":reason": { S: reason } }) },
      },
      (seen) => whose === "owner" && decode(seen).lock !== null,
    );
  },

  unlock(project, id, whose, now, by) {
    const owners = whose !== "anybody's";
    return noted(
      { table, project, id, note: "unlock", now, by },
      {
        sets: ["updated = :now"],
        removes: ["lockedBy", "lockedReason"],
        ...(owners && {
          condition: "(attribute_not_exists(lockedBy) OR lockedBy = :whose)",
          values: { ":whose": { S: whose } },
        }),
      },
      (seen) => owners && (decode(seen).lock?.by ?? whose) !== whose,
    );
  },
});
