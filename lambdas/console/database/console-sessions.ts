import { BatchGetItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { decodeServer, serverKey } from "../../compute/database/server-item.ts";
import type { ConsoleLogLine } from "../../compute/model/guest-boot-log.ts";
import { isDeleted } from "../../compute/model/lifecycle.ts";
import { serverAt } from "../../compute/model/server.ts";
import { Fault, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import { orFault, type Table } from "../../database/table.ts";
import { putItem } from "../../database/update.ts";
import type { ConsoleSessions } from "../../ports/backend.ts";
import type { ConsoleSession, StoredSession } from "../model/console-session.ts";
import { decodeSession, encodeSession } from "./session-codec.ts";

/** Unused sessions expire. */
const sessionTtlSeconds = 30 * 86_400;

/** libvirt's log size. */
const maxLogCharacters = 100 * 1024;

const consolePartition = (id: string): string => `CONSOLE#${id}`;
const sessionKey = (id: string): Item => ({ pk: { S: consolePartition(id) }, sk: { S: "ROOM" } });

const expiryAttribute = (now: Instant): Item => ({
  expires: { N: String(Math.ceil(now / 1_000) + sessionTtlSeconds) },
});

export function consoleSessionsIn(table: Table): ConsoleSessions {
  const { name, db } = table;
  return {
    async getWithServer(project, id, now) {
      const keys = [serverKey(project, id), sessionKey(id)];
      const { Responses, UnprocessedKeys } = await orFault(
        db.send(
          new BatchGetItemCommand({
            RequestItems: { [name]: { Keys: keys, ConsistentRead: true } },
          }),
        ),
      );
      // throttled
      if (Object.keys(UnprocessedKeys ?? {}).length > 0) throw new Fault({ kind: "unavailable" });
      const items = Responses?.[name] ?? [];
      const found = items.find(({ sk }) => sk?.S !== "ROOM");
      const server = found && serverAt(decodeServer(found), now);
      if (!server || isDeleted(server.motion, now)) throw notFound("server", id);
      const session = items.find(({ sk }) => sk?.S === "ROOM");
      return { server, stored: session ? decodeSessionItem(session) : null };
    },

    save: (id, { session, version }, previous, now) =>
      putItem(
        table,
        {
          ...sessionKey(id),
          ...expiryAttribute(now),
          v: { N: String(version) },
          z: { B: encodeSession(JSON.stringify(session)) },
        },
        previous
          ? { when: ["v = :was"], values: { ":was": { N: String(previous.version) } } }
          : { when: ["attribute_not_exists(pk)"] },
      ),

    async addLogLine(id, { boot, at, text }, now) {
      await putItem(table, {
        pk: { S: consolePartition(id) },
        sk: { S: `LOG#${String(at).padStart(15, "0")}` },
        boot: { N: String(boot) },
        text: { S: text },
        ...expiryAttribute(now),
      });
    },

    async getLogLines(id) {
      const lines = new Map<number, ConsoleLogLine>();
      let [characters, from] = [0, undefined as Item | undefined];
      do {
        const { Items = [], LastEvaluatedKey } = await orFault(
          db.send(
            new QueryCommand({
              TableName: name,
              KeyConditionExpression: "pk = :pk",
              ExpressionAttributeValues: { ":pk": { S: consolePartition(id) } },
              ScanIndexForward: false,
              ConsistentRead: true,
              ...(from && { ExclusiveStartKey: from }),
            }),
          ),
        );
        // the session precedes the log lines, and may repeat the last
        for (const item of Items) {
          const line = item["z"] ? decodeSessionItem(item).session.unlogged : decodeLogItem(item);
          if (line) lines.set(line.at, line);
          characters += line?.text.length ?? 0;
        }
        from = LastEvaluatedKey;
      } while (from && characters < maxLogCharacters);
      return [...lines.values()].sort((one, other) => one.at - other.at);
    },
  };
}

const decodeSessionItem = ({ v, z }: Item): StoredSession => ({
  session: JSON.parse(decodeSession(z?.B ?? new Uint8Array())) as ConsoleSession,
  version: Number(v?.N),
});

const decodeLogItem = ({ sk, boot, text }: Item): ConsoleLogLine => ({
  boot: Number(boot?.N),
  at: Number(sk?.S?.slice("LOG#".length)),
  text: text?.S ?? "",
});
