import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault, notFound } from "../../core/fault.ts";
import type { Item } from "../../database/item.ts";
import { orUnavailable, type Table } from "../../database/table.ts";
import type { ServerVolumes } from "../../ports/backend.ts";
import { assertAttachable, attachedVolumesAt } from "../model/attached-volume.ts";
import { isDeleted } from "../model/lifecycle.ts";
import { decodeServer, serverKey, volumesAttribute } from "./server-item.ts";
import { recordSideAction } from "./side-action.ts";

const maxVolumeAttempts = 10;

/**
 * A server's volumes are one attribute, written on condition that the volumes and the motion are
 * the ones read.
 */
export const serverVolumesIn = (table: Table): ServerVolumes => ({
  async change(project, id, { action: sideAction, now, by }, planVolumes) {
    const { name: TableName, db } = table;
    for (let attempt = 0; attempt < maxVolumeAttempts; attempt++) {
      const { Item: seen } = await orUnavailable(
        db.send(
          new GetItemCommand({ TableName, Key: serverKey(project, id), ConsistentRead: true }),
        ),
      );
      const server = seen && decodeServer(seen);
      if (!server || isDeleted(server.motion, now)) throw notFound("server", id);
      assertAttachable(server, { action: sideAction, now, by });
      const volumes = planVolumes({ ...server, volumes: attachedVolumesAt(server, now) });
      const storedVolumes = seen[volumesAttribute];
      const isRecorded = await recordSideAction(
        { table, project, id, sideAction, now, by },
        {
          sets: ["#volumes = :volumes"],
          condition: `#action = :seenAction AND #to = :seenTo AND #due = :seenDue AND ${storedVolumes ? "#volumes = :was" : "attribute_not_exists(#volumes)"}`,
          names: { "#volumes": volumesAttribute, "#action": "action" },
          values: {
            ":volumes": { S: JSON.stringify(volumes) },
            ":seenAction": { S: server.motion.action },
            ":seenTo": { S: server.motion.to },
            ":seenDue": { N: String(server.motion.due) },
            ...(storedVolumes && { ":was": storedVolumes }),
          },
        },
        (now) =>
          comparedServerAttributes.some(
            (name) => attributeText(now, name) !== attributeText(seen, name),
          ),
      );
      if (isRecorded) return { ...server, volumes };
    }
    throw new Fault({ kind: "raced" });
  },

  async setDeleteOnTermination(project, id, volume, isDeletedWithServer, now) {
    const { name: TableName, db } = table;
    const Key = serverKey(project, id);
    for (let attempt = 0; attempt < maxVolumeAttempts; attempt++) {
      const { Item: seen } = await orUnavailable(
        db.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
      );
      const storedVolumes = seen?.[volumesAttribute];
      if (!storedVolumes || isDeleted(decodeServer(seen).motion, now)) throw notFound("server", id);
      const volumes = decodeServer(seen).volumes.map((one) =>
        one.id === volume ? { ...one, deleteOnTermination: isDeletedWithServer } : one,
      );
      try {
        await orUnavailable(
          db.send(
            new UpdateItemCommand({
              TableName,
              Key,
              UpdateExpression: "SET #volumes = :volumes",
              ConditionExpression: "#volumes = :was",
              ExpressionAttributeNames: { "#volumes": volumesAttribute },
              ExpressionAttributeValues: {
                ":volumes": { S: JSON.stringify(volumes) },
                ":was": storedVolumes,
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

const comparedServerAttributes = [volumesAttribute, "action", "to", "due"];

const attributeText = (item: Item, name: string) => item[name]?.S ?? item[name]?.N;
