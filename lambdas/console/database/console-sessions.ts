import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { decode, keyOf } from "../../compute/database/server-item.ts";
import type { ConsoleLogLine } from "../../compute/model/guest-boot-log.ts";
import { gone } from "../../compute/model/lifecycle.ts";
import { standing } from "../../compute/model/server.ts";
import { Fault, noSuch } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { reaching, type Table } from "../../database/table.ts";
import type { Rooms } from "../../ports/backend.ts";
import type { ConsoleSession, StoredSession } from "../model/console-session.ts";
import { packed, unpacked } from "./session-codec.ts";

/** Seconds that a console which nobody uses is remembered. */
const lifetime = 30 * 86_400;

/** Characters of what was typed that are read at most: libvirt keeps as much (facts/consoles.md §1). */
const mostLogged = 100 * 1024;

const partitionOf = (id: string): string => `CONSOLE#${id}`;
const roomKey = (id: string): Item => ({ pk: { S: partitionOf(id) }, sk: { S: "ROOM" } });

const expiring = (now: Instant): Item => ({
  expires: { N: String(Math.ceil(now / 1_000) + lifetime) },
});

export function roomsIn({ name, db }: Table): Rooms {
  return {
    async enter(project, id, now) {
      const keys = [keyOf(project, id), roomKey(id)];
      const { Responses, UnprocessedKeys } = await reaching(
        db.send(
          new BatchGetItemCommand({
            RequestItems: { [name]: { Keys: keys, ConsistentRead: true } },
          }),
        ),
      );
      // the engine's way to say that it is throttling
      if (Object.keys(UnprocessedKeys ?? {}).length > 0) throw new Fault({ kind: "unavailable" });
      const items = Responses?.[name] ?? [];
      const found = items.find(({ sk }) => sk?.S !== "ROOM");
      const server = found && standing(decode(found), now);
      if (!server || gone(server.motion, now)) throw noSuch("server", id);
      const room = items.find(({ sk }) => sk?.S === "ROOM");
      return { server, kept: room ? keptIn(room) : null };
    },

    async keep(id, { session, version }, was, now) {
      try {
        await reaching(
          db.send(
            new PutItemCommand({
              TableName: name,
              Item: {
                ...roomKey(id),
                ...expiring(now),
                v: { N: String(version) },
                z: { B: packed(JSON.stringify(session)) },
              },
              ...(was
                ? {
                    ConditionExpression: "v = :was",
                    ExpressionAttributeValues: { ":was": { N: String(was.version) } },
                  }
                : { ConditionExpression: "attribute_not_exists(pk)" }),
            }),
          ),
        );
        return true;
      } catch (cause) {
        if (cause instanceof ConditionalCheckFailedException) return false;
        throw cause;
      }
    },

    async log(id, { boot, at, text }, now) {
      const Item = {
        pk: { S: partitionOf(id) },
        sk: { S: `LOG#${String(at).padStart(15, "0")}` },
        boot: { N: String(boot) },
        text: { S: text },
        ...expiring(now),
      };
      await reaching(db.send(new PutItemCommand({ TableName: name, Item })));
    },

    async lines(id) {
      const lines = new Map<number, ConsoleLogLine>();
      let [size, from] = [0, undefined as Item | undefined];
      do {
        const { Items = [], LastEvaluatedKey } = await reaching(
          db.send(
            new QueryCommand({
              TableName: name,
              KeyConditionExpression: "pk = :pk",
              ExpressionAttributeValues: { ":pk": { S: partitionOf(id) } },
              ScanIndexForward: false,
              ConsistentRead: true,
              ...(from && { ExclusiveStartKey: from }),
            }),
          ),
        );
        // the room comes first, and with it what was typed last; it may stand in the log already
        for (const item of Items) {
          const line = item["z"] ? keptIn(item).session.unlogged : lineIn(item);
          if (line) lines.set(line.at, line);
          size += line?.text.length ?? 0;
        }
        from = LastEvaluatedKey;
      } while (from && size < mostLogged);
      return [...lines.values()].sort((one, other) => one.at - other.at);
    },
  };
}

const keptIn = ({ v, z }: Item): StoredSession => ({
  session: JSON.parse(unpacked(z?.B ?? new Uint8Array())) as ConsoleSession,
  version: Number(v?.N),
});

const lineIn = ({ sk, boot, text }: Item): ConsoleLogLine => ({
  boot: Number(boot?.N),
  at: Number(sk?.S?.slice("LOG#".length)),
  text: text?.S ?? "",
});
