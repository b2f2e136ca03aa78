import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { conflict, Fault, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { orUnavailable, type Table } from "../../database/table.ts";
import type { Servers } from "../../ports/backend.ts";
import { actionVerbs } from "../model/action-verbs.ts";
import type { Requester } from "../model/instance-action.ts";
import { checkPreconditions, isDeleted } from "../model/lifecycle.ts";
import { type SideAction, sideActionRow } from "../model/side-action.ts";
import { appendLine, encodeRequesterLine, ensureLogRoom } from "./instance-action-log.ts";
import { preconditionFragment } from "./precondition.ts";
import { decodeServer, serverKey } from "./server-item.ts";

const maxSideActionAttempts = 10;

/** The effect besides the log line. */
interface SideActionFragment {
  readonly sets?: readonly string[];
  readonly removes?: readonly string[];
  readonly condition?: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Item;
}

interface SideActionCall {
  readonly table: Table;
  readonly project: string;
  readonly id: string;
  readonly sideAction: SideAction;
  readonly now: Instant;
  readonly by: Requester;
}

/**
 * Runs a side action and logs it by one conditional update. On a refused condition, `isBlocked`
 * receives the stored item: it throws, or returns whether to stop retrying. Returns whether the
 * action ran. Throws `no-such` and `raced`.
 */
export async function recordSideAction(
  { table, project, id, sideAction, now, by }: SideActionCall,
  { sets = [], removes = [], condition, names, values }: SideActionFragment,
  isBlocked: (seen: Item) => boolean,
): Promise<boolean> {
  const { name: TableName, db } = table;
  const Key = serverKey(project, id);
  const line = encodeRequesterLine(sideAction, now, by, project);
  let log = appendLine(line);
  for (let attempt = 0; attempt < maxSideActionAttempts; attempt++) {
    const remove = removes.length > 0 ? ` REMOVE ${removes.join(", ")}` : "";
    try {
      await orUnavailable(
        db.send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression: `SET ${[log.set, ...sets].join(", ")}${remove}`,
            ConditionExpression: [
              existsCondition,
              log.condition,
              ...(condition ? [condition] : []),
            ].join(" AND "),
            ExpressionAttributeNames: { "#to": "to", "#due": "due", ...log.names, ...names },
            ExpressionAttributeValues: {
              ":deleted": { S: "deleted" },
              ":now": { N: String(now) },
              ...log.values,
              ...values,
            },
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        ),
      );
      return true;
    } catch (cause) {
      if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
      const seen = (cause.Item as Item | undefined) ?? (await read());
      // looked up as by os-start (measured on Nova 26.2.2, E-32)
      if (!seen)
        throw notFound(sideActionRow(sideAction).preconditions ? "cell-mapping" : "server", id);
      if (isDeleted(decodeServer(seen).motion, now)) throw notFound("server", id);
      if (isBlocked(seen)) return false;
      log = (await ensureLogRoom(seen, table))(line);
    }
  }
  throw new Fault({ kind: "raced" });

  async function read(): Promise<Item | undefined> {
    const { Item } = await orUnavailable(
      db.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
    );
    return Item;
  }
}

const existsCondition = "attribute_exists(pk) AND (#to <> :deleted OR #due > :now)";

/** Side actions that only log. */
export const sideActionsIn = (table: Table): Pick<Servers, "recordAction"> => ({
  async recordAction(project, id, sideAction, now, by) {
    const { preconditions } = sideActionRow(sideAction);
    const precondition = preconditions && preconditionFragment(preconditions);
    const canOverrideLock = by.canOverrideLock || !preconditions;
    await recordSideAction(
      { table, project, id, sideAction, now, by },
      {
        condition: [
          ...(precondition ? [precondition.condition] : []),
          ...(canOverrideLock ? [] : [unlockedCondition]),
        ].join(" AND "),
        ...(precondition && { names: precondition.names, values: precondition.values }),
      },
      (seen) => {
        const server = decodeServer(seen);
        if (server.lock && !canOverrideLock) throw conflict(`Instance ${id} is locked`);
        const failure = preconditions && checkPreconditions(preconditions, server, now);
        if (failure?.attribute === "host") throw new Fault({ kind: "not-ready", id });
        if (failure?.attribute === "launched_at")
          throw new Fault({ kind: "never-launched", id, verb: actionVerbs[sideAction] });
        if (failure)
          throw new Fault({ kind: "wrong-state", id, verb: actionVerbs[sideAction], ...failure });
        return false;
      },
    );
  },
});

const unlockedCondition = "attribute_not_exists(lockedBy)";
