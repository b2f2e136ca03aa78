import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../../core/fault.ts";
import { orUnavailable, type Table } from "../../database/table.ts";
import type { NetworkInfo } from "../../network/model/network-info.ts";
import type { ActionRecord } from "../model/instance-action.ts";
import { encodeRequesterLine, ensureLogRoom } from "./instance-action-log.ts";
import { serverKey } from "./server-item.ts";

const maxNetworkInfoAttempts = 20;

/**
 * Replaces the cached network info, and may log an action. `compute` runs again after a lost race,
 * so the stored value reflects the latest ports. Does nothing for a missing server.
 */
export async function updateNetworkInfo(
  table: Table,
  project: string,
  id: string,
  compute: () => Promise<NetworkInfo>,
  record?: ActionRecord,
): Promise<void> {
  const { name: TableName, db } = table;
  const Key = serverKey(project, id);
  for (let attempt = 0; attempt < maxNetworkInfoAttempts; attempt++) {
    const { Item } = await orUnavailable(
      db.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
    );
    if (!Item) return;
    const { N: seen = "0" } = Item["wired"] ?? {};
    const networkInfo = JSON.stringify(await compute());
    const log =
      record &&
      (await ensureLogRoom(Item, table))(
        encodeRequesterLine(record.action, record.now, record.by, project),
      );
    try {
      await orUnavailable(
        db.send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression: `SET wiring = :wiring, wired = :next${log ? `, ${log.set}` : ""}`,
            ConditionExpression: `attribute_exists(pk) AND (wired = :seen OR (attribute_not_exists(wired) AND :seen = :unwired))${log ? ` AND ${log.condition}` : ""}`,
            ...(log && { ExpressionAttributeNames: log.names }),
            ExpressionAttributeValues: {
              ":wiring": { S: networkInfo },
              ":seen": { N: seen },
              ":next": { N: String(Number(seen) + 1) },
              ":unwired": { N: "0" },
              ...log?.values,
            },
          }),
        ),
      );
      return;
    } catch (cause) {
      if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
    }
  }
  throw new Fault({ kind: "raced" });
}
