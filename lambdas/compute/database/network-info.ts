import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../../core/fault.ts";
import { reaching, type Table } from "../../database/table.ts";
import type { NetworkInfo } from "../../network/model/network-info.ts";
import type { Noting } from "../model/instance-action.ts";
import { lineOf, roomIn } from "./instance-action-log.ts";
import { keyOf } from "./server-item.ts";

/** How often it is worked out anew where others put it down meanwhile. */
const tries = 20;

/**
 * Puts down beside a server how it is on networks, as `wiring`, which stands for what it was made with.
 * The number that is counted up tells whether anybody was here since it was worked out. Nothing
 * happens where there is no such server. What it comes of may leave a line in the log by the same update.
 */
export async function rewire(
  table: Table,
  project: string,
  id: string,
  work: () => Promise<NetworkInfo>,
  noting?: Noting,
): Promise<void> {
  const { name: TableName, db } = table;
  const Key = keyOf(project, id);
  for (let tried = 0; tried < tries; tried++) {
    const { Item } = await reaching(
      db.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
    );
    if (!Item) return;
    const { N: seen = "0" } = Item["wired"] ?? {};
    const wiring = JSON.stringify(await work());
    const log =
      noting && (await roomIn(Item, table))(lineOf(noting.note, noting.now, noting.by, project));
    try {
      await reaching(
        db.send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression: `SET wiring = :wiring, wired = :next${log ? `, ${log.says}` : ""}`,
            ConditionExpression: `attribute_exists(pk) AND (wired = :seen OR (attribute_not_exists(wired) AND :seen = :unwired))${log ? ` AND ${log.condition}` : ""}`,
            ...(log && { ExpressionAttributeNames: log.names }),
            ExpressionAttributeValues: {
              ":wiring": { S: wiring },
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
