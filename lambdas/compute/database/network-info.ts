import type { Table } from "../../database/table.ts";
import { readItem, update } from "../../database/update.ts";
import type { NetworkInfo } from "../../network/model/network-info.ts";
import { lost, optimistic } from "../../ports/optimistic.ts";
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
  const key = serverKey(project, id);
  await optimistic<void>(async () => {
    const item = await readItem(table, key);
    if (!item) return;
    const { N: seen = "0" } = item["wired"] ?? {};
    const networkInfo = JSON.stringify(await compute());
    const log =
      record &&
      (await ensureLogRoom(item, table))(
        encodeRequesterLine(record.action, record.now, record.by, project),
      );
    const { updated } = await update(table, key, [
      {
        set: ["wiring = :wiring", "wired = :next"],
        when: [
          "attribute_exists(pk)",
          "(wired = :seen OR (attribute_not_exists(wired) AND :seen = :unwired))",
        ],
        values: {
          ":wiring": { S: networkInfo },
          ":seen": { N: seen },
          ":next": { N: String(Number(seen) + 1) },
          ":unwired": { N: "0" },
        },
      },
      ...(log ? [log] : []),
    ]);
    return updated ? undefined : lost;
  }, maxNetworkInfoAttempts);
}
