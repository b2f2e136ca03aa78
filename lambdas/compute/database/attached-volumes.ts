import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault, noSuch } from "../../core/fault.ts";
import type { Item } from "../../database/item.ts";
import { reaching, type Table } from "../../database/table.ts";
import type { ServerVolumes } from "../../ports/backend.ts";
import { assertAttachable, attachedVolumesAt } from "../model/attached-volume.ts";
import { gone } from "../model/lifecycle.ts";
import { decode, keyOf, volumesAttribute } from "./server-item.ts";
import { noted } from "./side-action.ts";

/** How often it is worked out anew where others were quicker. */
const tries = 10;

/**
 * What is on a server is one attribute, written on condition that it, and the motion of the server, are
 * as they were seen; the same update leaves a line in the server's log.
 */
export const serverVolumesIn = (table: Table): ServerVolumes => ({
  async change(project, id, { note, now, by }, to) {
    const { name: TableName, db } = table;
    for (let tried = 0; tried < tries; tried++) {
      const { Item: seen } = await reaching(
        db.send(new GetItemCommand({ TableName, Key: keyOf(project, id), ConsistentRead: true })),
      );
      const server = seen && decode(seen);
      if (!server || gone(server.motion, now)) throw noSuch("server", id);
      assertAttachable(server, { note, now, by });
      const volumes = to({ ...server, volumes: attachedVolumesAt(server, now) });
      const was = seen[volumesAttribute];
      const done = await noted(
        { table, project, id, note, now, by },
        {
          sets: ["#volumes = :volumes"],
          condition: `#action = :seenAction AND #to = :seenTo AND #due = :seenDue AND ${was ? "#volumes = :was" : "attribute_not_exists(#volumes)"}`,
          names: { "#volumes": volumesAttribute, "#action": "action" },
          values: {
            ":volumes": { S: JSON.stringify(volumes) },
            ":seenAction": { S: server.motion.action },
            ":seenTo": { S: server.motion.to },
            ":seenDue": { N: String(server.motion.due) },
            ...(was && { ":was": was }),
          },
        },
        (now) => marks.some((name) => marked(now, name) !== marked(seen, name)),
      );
      if (done) return { ...server, volumes };
    }
    throw new Fault({ kind: "raced" });
  },

  async keep(project, id, volume, goes, now) {
    const { name: TableName, db } = table;
    const Key = keyOf(project, id);
    for (let tried = 0; tried < tries; tried++) {
      const { Item: seen } = await reaching(
        db.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
      );
      const was = seen?.[volumesAttribute];
      if (!was || gone(decode(seen).motion, now)) throw noSuch("server", id);
      const volumes = decode(seen).volumes.map((one) =>
        one.id === volume ? { ...one, deleteOnTermination: goes } : one,
      );
      try {
        await reaching(
          db.send(
            new UpdateItemCommand({
              TableName,
              Key,
              UpdateExpression: "SET #volumes = :volumes",
              ConditionExpression: "#volumes = :was",
              ExpressionAttributeNames: { "#volumes": volumesAttribute },
              ExpressionAttributeValues: {
                ":volumes": { S: JSON.stringify(volumes) },
                ":was": was,
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
  },
});

/** What tells whether anybody was here. */
const marks = [volumesAttribute, "action", "to", "due"];

const marked = (item: Item, name: string) => item[name]?.S ?? item[name]?.N;
