import {
  BatchWriteItemCommand,
  type BatchWriteItemCommandOutput,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../../core/fault.ts";
import type { Item } from "../../database/item.ts";
import { recordItem, recordKey } from "../../database/records.ts";
import { orFault, type Table } from "../../database/table.ts";
import { putItem, readItem } from "../../database/update.ts";
import { type Port, portsKind } from "../../network/model/port.ts";
import { collectionOfProject } from "../../ports/project-collection.ts";
import type { BootData, Server } from "../model/server.ts";
import {
  encodeLogLine,
  logAttribute,
  readArchivedLogs,
  toListAttribute,
} from "./instance-action-log.ts";
import {
  decodeServer,
  encodeServer,
  projectPartition,
  serverKey,
  serverLocatorKey,
  tombstoneTtlSeconds,
} from "./server-item.ts";

/** DynamoDB's limit. */
const maxBatchWrites = 25;

/** Rounds for unprocessed items. */
const maxBatchAttempts = 5;

interface SideItems {
  readonly boot?: BootData;
  readonly ports?: readonly Port[];
  /** The request id. */
  readonly request?: string;
}

/** Writes servers with locators, boot data and ports. On an error deletes what it wrote. */
export async function insertServers(
  table: Table,
  servers: readonly Server[],
  { boot = {}, ports = [], request }: SideItems = {},
): Promise<void> {
  const portCollection = ({ project_id }: Port) => collectionOfProject<Port>(portsKind, project_id);
  const portItems = ports.map((port) => recordItem(portCollection(port), port.id, port));
  const items = servers.flatMap((server) => [
    { ...serverLocatorKey(server.id), project: { S: server.project } },
    ...(Object.keys(boot).length === 0 ? [] : [bootDataItem(server, boot)]),
    {
      ...encodeServer(server),
      ...(request !== undefined && {
        [logAttribute]: toListAttribute([
          encodeLogLine(server.motion.action, server.created, request),
        ]),
      }),
    },
  ]);
  try {
    await batchWrite(
      table,
      [...portItems, ...items].map((Item) => ({ PutRequest: { Item } })),
    );
  } catch (cause) {
    await batchWrite(
      table,
      [
        ...servers.flatMap(itemKeysOf),
        ...ports.map((port) => recordKey(portCollection(port), port.id)),
      ].map((Key) => ({ DeleteRequest: { Key } })),
    ).catch(() => {
      // a remaining server is visible to its owner and counted
    });
    throw cause;
  }
}

/** @calls GetItem */
export async function getBootData(table: Table, project: string, id: string): Promise<BootData> {
  const item = await readItem(table, bootDataKey({ project, id }));
  return JSON.parse(item?.["d"]?.S ?? "{}");
}

/** @calls PutItem */
export async function putBootData(
  table: Table,
  project: string,
  id: string,
  boot: BootData,
): Promise<void> {
  await putItem(table, bootDataItem({ project, id }, boot));
}

/**
 * Deletes the boot data and lets the locator and archived logs expire. The server's own item stays
 * for `changes-since`.
 * @calls BatchWriteItem, Query
 */
export async function deleteSideItems(table: Table, item: Item, now: number): Promise<void> {
  const { project, id } = decodeServer(item);
  const expires = { N: String(Math.ceil(now / 1000) + tombstoneTtlSeconds) };
  const archivedLogs = await readArchivedLogs(table, item);
  const expiringItems = [{ ...serverLocatorKey(id), project: { S: project } }, ...archivedLogs];
  await batchWrite(table, [
    { DeleteRequest: { Key: bootDataKey({ project, id }) } },
    ...expiringItems.map((one) => ({ PutRequest: { Item: { ...one, expires } } })),
  ]);
}

const bootDataKey = ({ project, id }: Pick<Server, "project" | "id">): Item => ({
  pk: { S: projectPartition(project) },
  sk: { S: `BOOT#${id}` },
});

const bootDataItem = (server: Pick<Server, "project" | "id">, boot: BootData): Item => ({
  ...bootDataKey(server),
  d: { S: JSON.stringify(boot) },
});

const itemKeysOf = (server: Server): Item[] => [
  serverLocatorKey(server.id),
  bootDataKey(server),
  serverKey(server.project, server.id),
];

async function batchWrite({ name, db }: Table, writes: readonly WriteRequest[]): Promise<void> {
  for (let start = 0; start < writes.length; start += maxBatchWrites) {
    let remaining: WriteRequest[] | undefined = writes.slice(start, start + maxBatchWrites);
    for (let attempt = 0; remaining?.length; attempt++) {
      if (attempt === maxBatchAttempts) throw new Fault({ kind: "unavailable" });
      const command: BatchWriteItemCommand = new BatchWriteItemCommand({
        RequestItems: { [name]: remaining },
      });
      const output: BatchWriteItemCommandOutput = await orFault(db.send(command));
      remaining = output.UnprocessedItems?.[name];
    }
  }
}
