import { notFound } from "../../core/fault.ts";
import type { Item } from "../../database/item.ts";
import type { Table } from "../../database/table.ts";
import { readItem, update } from "../../database/update.ts";
import type { ServerVolumes } from "../../ports/backend.ts";
import { lost, optimistic } from "../../ports/optimistic.ts";
import { assertAttachable, attachedVolumesAt } from "../model/attached-volume.ts";
import { isDeleted } from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";
import { decodeServer, serverKey, volumesAttribute } from "./server-item.ts";
import { recordSideAction } from "./side-action.ts";

/**
 * A server's volumes are one attribute, written on condition that the volumes and the motion are
 * the ones read.
 */
export const serverVolumesIn = (table: Table): ServerVolumes => ({
  change: (project, id, { action: sideAction, now, by }, planVolumes) =>
    optimistic<Server>(async () => {
      const seen = await readItem(table, serverKey(project, id));
      const server = seen && decodeServer(seen);
      if (!server || isDeleted(server.motion, now)) throw notFound("server", id);
      assertAttachable(server, { action: sideAction, now, by });
      const volumes = planVolumes({ ...server, volumes: attachedVolumesAt(server, now) });
      const storedVolumes = seen[volumesAttribute];
      const isRecorded = await recordSideAction(
        { table, project, id, sideAction, now, by },
        {
          set: ["#volumes = :volumes"],
          when: [
            "#action = :seenAction",
            "#to = :seenTo",
            "#due = :seenDue",
            storedVolumes ? "#volumes = :was" : "attribute_not_exists(#volumes)",
          ],
          names: { "#volumes": volumesAttribute, "#action": "action" },
          values: {
            ":volumes": { S: JSON.stringify(volumes) },
            ":seenAction": { S: server.motion.action },
            ":seenTo": { S: server.motion.to },
            ":seenDue": { N: String(server.motion.due) },
            ...(storedVolumes && { ":was": storedVolumes }),
          },
        },
        (stored) =>
          comparedServerAttributes.some(
            (name) => attributeText(stored, name) !== attributeText(seen, name),
          ),
      );
      return isRecorded ? { ...server, volumes } : lost;
    }),

  async setDeleteOnTermination(project, id, volume, isDeletedWithServer, now) {
    const key = serverKey(project, id);
    await optimistic<void>(async () => {
      const seen = await readItem(table, key);
      const storedVolumes = seen?.[volumesAttribute];
      if (!storedVolumes || isDeleted(decodeServer(seen).motion, now)) throw notFound("server", id);
      const volumes = decodeServer(seen).volumes.map((one) =>
        one.id === volume ? { ...one, deleteOnTermination: isDeletedWithServer } : one,
      );
      const { updated } = await update(table, key, [
        {
          set: ["#volumes = :volumes"],
          when: ["#volumes = :was"],
          names: { "#volumes": volumesAttribute },
          values: { ":volumes": { S: JSON.stringify(volumes) }, ":was": storedVolumes },
        },
      ]);
      return updated ? undefined : lost;
    });
  },
});

const comparedServerAttributes = [volumesAttribute, "action", "to", "due"];

const attributeText = (item: Item, name: string) => item[name]?.S ?? item[name]?.N;
