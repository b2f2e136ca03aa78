import { ConditionalCheckFailedException, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Servers } from "../domain/backend.ts";
import { type Item, keyOf } from "./server-item.ts";
import { reaching, type Table } from "./table.ts";

/** Locks are put on and taken off by one conditional update; one that is refused reads why. */
export function locksIn(
  { name: TableName, db }: Table,
  get: Servers["get"],
): Pick<Servers, "lock" | "unlock"> {
  /** Whether the condition held. */
  async function update(
    project: string,
    id: string,
    { says, condition, values }: { says: string; condition: string; values: Item },
  ): Promise<boolean> {
    try {
      await reaching(
        db.send(
          new UpdateItemCommand({
            TableName,
            Key: keyOf(project, id),
            UpdateExpression: says,
            ConditionExpression: `attribute_exists(pk) AND (#to <> :deleted OR #due > :now)${condition}`,
            ExpressionAttributeNames: { "#to": "to", "#due": "due" },
            ExpressionAttributeValues: { ":deleted": { S: "deleted" }, ...values },
          }),
        ),
      );
      return true;
    } catch (cause) {
      if (cause instanceof ConditionalCheckFailedException) return false;
      throw cause;
    }
  }

  return {
    // nova/compute/api.py:5020: an administrator's lock goes over the owner's, and keeps its reason
    async lock(project, id, { by, reason }, now) {
      const put = await update(project, id, {
        says: `SET lockedBy = :by, updated = :now${reason === null ? "" : ", lockedReason = :reason"}`,
        condition: by === "owner" ? " AND attribute_not_exists(lockedBy)" : "",
        values: {
          ":by": { S: by },
          ":now": { N: String(now) },
          ...(reason !== null && { ":reason": { S: reason } }),
        },
      });
      if (!put) await get(project, id, now);
    },

    async unlock(project, id, whose, now) {
      const taken = await update(project, id, {
        says: "SET updated = :now REMOVE lockedBy, lockedReason",
        condition:
          whose === "anybody's" ? "" : " AND (attribute_not_exists(lockedBy) OR lockedBy = :whose)",
        values: {
          ":now": { N: String(now) },
          ...(whose !== "anybody's" && { ":whose": { S: whose } }),
        },
      });
      if (!taken) await get(project, id, now);
      return taken;
    },
  };
}
