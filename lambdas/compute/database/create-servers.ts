import {
  BatchWriteItemCommand,
  type BatchWriteItemCommandOutput,
  GetItemCommand,
  PutItemCommand,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../../core/fault.ts";
import type { Item } from "../../database/item.ts";
import { recordItem, recordKey } from "../../database/records.ts";
import { reaching, type Table } from "../../database/table.ts";
import { type Port, portsKind } from "../../network/model/port.ts";
import { collectionOfProject } from "../../ports/project-collection.ts";
import type { BootData, Server } from "../model/server.ts";
import { listOf, logAttribute, logLine, shelvesOf } from "./instance-action-log.ts";
import {
  decode,
  encode,
  keyOf,
  locatorKeyOf,
  partitionOf,
  tombstoneLifetime,
} from "./server-item.ts";

/** What BatchWriteItem takes at once. */
const batch = 25;

/** How often what an engine left unprocessed is offered again. */
const tries = 5;

/** What is written beside servers as they are made. */
interface Beside {
  readonly boot?: BootData;
  readonly ports?: readonly Port[];
  /** The request they are made for. */
  readonly request?: string;
}

/** Writes servers with their locators and what is beside them; when not all can be written, none stays. */
export async function addServers(
  table: Table,
  servers: readonly Server[],
  { boot = {}, ports = [], request }: Beside = {},
): Promise<void> {
  const shelf = ({ project_id }: Port) => collectionOfProject<Port>(portsKind, project_id);
  const beside = ports.map((port) => recordItem(shelf(port), port.id, port));
  const items = servers.flatMap((server) => [
    { ...locatorKeyOf(server.id), project: { S: server.project } },
    ...(Object.keys(boot).length === 0 ? [] : [bootItem(server, boot)]),
    {
      ...encode(server),
      ...(request !== undefined && {
        [logAttribute]: listOf([logLine(server.motion.action, server.created, request)]),
      }),
    },
  ]);
  try {
    await writeAll(
      table,
      [...beside, ...items].map((Item) => ({ PutRequest: { Item } })),
    );
  } catch (cause) {
    await writeAll(
      table,
      [...servers.flatMap(traces), ...ports.map((port) => recordKey(shelf(port), port.id))].map(
        (Key) => ({ DeleteRequest: { Key } }),
      ),
    ).catch(() => {
      // What cannot be undone now is a server its owner sees, and that is counted
    });
    throw cause;
  }
}

/** What came with a create; nothing where nothing did. */
export async function bootDataIn(
  { name, db }: Table,
  project: string,
  id: string,
): Promise<BootData> {
  const { Item } = await reaching(
    db.send(
      new GetItemCommand({
        TableName: name,
        Key: bootKeyOf({ project, id }),
        ConsistentRead: true,
      }),
    ),
  );
  return JSON.parse(Item?.["d"]?.S ?? "{}");
}

/** Puts down what came with a rebuild instead. */
export async function keepBootData(
  { name, db }: Table,
  project: string,
  id: string,
  boot: BootData,
): Promise<void> {
  await reaching(
    db.send(new PutItemCommand({ TableName: name, Item: bootItem({ project, id }, boot) })),
  );
}

/** Drops what only a living server needs; its own item stays a while, for `changes-since`, and its log. */
export async function dropBeside(table: Table, item: Item, now: number): Promise<void> {
  const { project, id } = decode(item);
  const expires = { N: String(Math.ceil(now / 1000) + tombstoneLifetime) };
  const shelves = await shelvesOf(table, item);
  const staying = [{ ...locatorKeyOf(id), project: { S: project } }, ...shelves];
  await writeAll(table, [
    { DeleteRequest: { Key: bootKeyOf({ project, id }) } },
    ...staying.map((one) => ({ PutRequest: { Item: { ...one, expires } } })),
  ]);
}

const bootKeyOf = ({ project, id }: Pick<Server, "project" | "id">): Item => ({
  pk: { S: partitionOf(project) },
  sk: { S: `BOOT#${id}` },
});

const bootItem = (server: Pick<Server, "project" | "id">, boot: BootData): Item => ({
  ...bootKeyOf(server),
  d: { S: JSON.stringify(boot) },
});

const traces = (server: Server): Item[] => [
  locatorKeyOf(server.id),
  bootKeyOf(server),
  keyOf(server.project, server.id),
];

async function writeAll({ name, db }: Table, writes: readonly WriteRequest[]): Promise<void> {
  for (let start = 0; start < writes.length; start += batch) {
    let left: WriteRequest[] | undefined = writes.slice(start, start + batch);
    for (let tried = 0; left?.length; tried++) {
      if (tried === tries) throw new Fault({ kind: "unavailable" });
      const command: BatchWriteItemCommand = new BatchWriteItemCommand({
        RequestItems: { [name]: left },
      });
      const answer: BatchWriteItemCommandOutput = await reaching(db.send(command));
      left = answer.UnprocessedItems?.[name];
    }
  }
}
