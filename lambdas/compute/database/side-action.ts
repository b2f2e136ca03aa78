import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { conflict, Fault, noSuch } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { reaching, type Table } from "../../database/table.ts";
import type { Servers } from "../../ports/backend.ts";
import { actionVerbs } from "../model/action-verbs.ts";
import type { Requester } from "../model/instance-action.ts";
import { gone, objectionTo } from "../model/lifecycle.ts";
import { type Note, noteOf } from "../model/side-action.ts";
import { appending, lineOf, roomIn } from "./instance-action-log.ts";
import { restingIn } from "./precondition.ts";
import { decode, keyOf } from "./server-item.ts";

/** How often it is tried anew where others were quicker. */
const tries = 10;

/** What is done, besides the line that it leaves. */
interface Doing {
  /** What is SET and REMOVEd. */
  readonly sets?: readonly string[];
  readonly removes?: readonly string[];
  readonly condition?: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Item;
}

interface Noting {
  readonly table: Table;
  readonly project: string;
  readonly id: string;
  readonly note: Note;
  readonly now: Instant;
  readonly by: Requester;
}

/**
 * Does something to a server that does not move it, and leaves a line in its log: one conditional
 * update. Where that is refused, `stands` is told what there is: it throws, or says whether that is
 * in the way; if it is not, it is tried anew. Answers with whether it was done.
 */
export async function noted(
  { table, project, id, note, now, by }: Noting,
  { sets = [], removes = [], condition, names, values }: Doing,
  stands: (seen: Item) => boolean,
): Promise<boolean> {
  const { name: TableName, db } = table;
  const Key = keyOf(project, id);
  const line = lineOf(note, now, by, project);
  let log = appending(line);
  for (let tried = 0; tried < tries; tried++) {
    const remove = removes.length > 0 ? ` REMOVE ${removes.join(", ")}` : "";
    try {
      await reaching(
        db.send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression: `SET ${[log.says, ...sets].join(", ")}${remove}`,
            ConditionExpression: [isThere, log.condition, ...(condition ? [condition] : [])].join(
              " AND ",
            ),
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
      // it is looked up as by os-start (measured on Nova 26.2.2, E-32)
      if (!seen) throw noSuch(noteOf(note).when ? "cell-mapping" : "server", id);
      if (gone(decode(seen).motion, now)) throw noSuch("server", id);
      if (stands(seen)) return false;
      log = (await roomIn(seen, table))(line);
    }
  }
  throw new Fault({ kind: "raced" });

  async function read(): Promise<Item | undefined> {
    const { Item } = await reaching(
      db.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
    );
    return Item;
  }
}

const isThere = "attribute_exists(pk) AND (#to <> :deleted OR #due > :now)";

/** What is only noted, where the server's state lets it be done at all. */
export const notesIn = (table: Table): Pick<Servers, "note"> => ({
  async note(project, id, note, now, by) {
    const { when } = noteOf(note);
    const resting = when && restingIn(when);
    const overLock = by.overLock || !when;
    await noted(
      { table, project, id, note, now, by },
      {
        condition: [...(resting ? [resting.condition] : []), ...(overLock ? [] : [isFree])].join(
          " AND ",
        ),
        ...(resting && { names: resting.names, values: resting.values }),
      },
      (seen) => {
        const server = decode(seen);
        if (server.lock && !overLock) throw conflict(`Instance ${id} is locked`);
        const why = when && objectionTo(when, server, now);
        if (why?.attribute === "host") throw new Fault({ kind: "not-ready", id });
        if (why?.attribute === "launched_at")
          throw new Fault({ kind: "never-launched", id, verb: actionVerbs[note] });
        if (why) throw new Fault({ kind: "wrong-state", id, verb: actionVerbs[note], ...why });
        return false;
      },
    );
  },
});

const isFree = "attribute_not_exists(lockedBy)";
