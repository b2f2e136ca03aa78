import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Item } from "../../database/item.ts";
import type { NetworkInfo } from "../../network/model/network-info.ts";
import type { AttachedVolume } from "../model/attached-volume.ts";
import type { Action, VmState } from "../model/lifecycle.ts";
import {
  type Lock,
  type Metadata,
  type Server,
  type ServerDefaults,
  serverDefaults,
} from "../model/server.ts";
import { dropDerivableHostId, restoreHostId } from "./host-id.ts";

/** A deleted server remains listed by `changes-since` for this time. */
export const tombstoneTtlSeconds = 86_400;
export const projectPartition = (project: string): string => `PROJECT#${project}`;

export const serverSortKey = (id: string): string => `SERVER#${id}`;

export const serverKey = (project: string, id: string): Item => ({
  pk: { S: projectPartition(project) },
  sk: { S: serverSortKey(id) },
});

/** Finds a server's project by its id; written once. */
export const serverLocatorKey = (id: string): Item => ({
  pk: { S: serverSortKey(id) },
  sk: { S: "PROJECT" },
});

/**
 * Conditions and updates need attributes of their own; the rest is one JSON string, which decodes
 * several times faster. Defaults are omitted: a write is charged per kilobyte. A missing
 * description or hostname equals the name; a rename stores them.
 */
export function encodeServer(server: Server): Item {
  const item: Record<string, AttributeValue> = { ...serverKey(server.project, server.id) };
  const cold: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(server) as [keyof Server, unknown][]) {
    if (field !== "metadata" && isDefault(field, value)) continue;
    const column = columnOf(field);
    if (column === "cold") cold[field] = value;
    else Object.assign(item, column.encode(value, server));
  }
  const { project, host, hostId, before } = server;
  if (!("hostId" in dropDerivableHostId(project, { host, hostId }))) delete cold["hostId"];
  delete cold["before"];
  if (before) cold["before"] = dropDerivableHostId(project, before);
  if (host === "") item[unplacedAttribute] = { BOOL: true };
  if (server.launched === null) item[unlaunchedAttribute] = { BOOL: true };
  item[coldAttribute] = { S: JSON.stringify(cold) };
  return item;
}

export function decodeServer(item: Item): Server {
  const cold = JSON.parse(item[coldAttribute]?.S ?? "") as StoredColdFields;
  const fields: Record<string, unknown> = {};
  for (const { field, column, isDefaulted, fallback } of columns) {
    const value = column === "cold" ? cold[field] : column.decode(item, cold);
    fields[field] = value ?? (isDefaulted ? fallback : value);
  }
  const server = fields as unknown as { -readonly [Field in keyof Server]: Server[Field] };
  if (item["wiring"]?.S) {
    const { addresses, securityGroups } = JSON.parse(item["wiring"].S) as NetworkInfo;
    Object.assign(server, { addresses, securityGroups });
  }
  const { project, before } = server;
  server.hostId = restoreHostId(project, server);
  if (before) server.before = { ...before, hostId: restoreHostId(project, before) };
  return server;
}

/** The JSON string. */
export const coldAttribute = "d";

/** Present for a server without host, or never active; for conditions. */
export const unplacedAttribute = "unplaced";
export const unlaunchedAttribute = "unlaunched";

export const toTextAttribute = (text: string | null): AttributeValue =>
  text === null ? { NULL: true } : { S: text };

/** Attributes that change by other updates. */
export const volumesAttribute = "volumes";

const parseVolumes = ({ S = "[]" }: AttributeValue): AttachedVolume[] => JSON.parse(S);

/** A map, so that one item changes without reading the others. */
export const metadataAttribute = "meta";

/** Prefixed, because the SDK would lose the key `__proto__` (E-13). */
export const metadataKey = (key: string): string => `=${key}`;

export const encodeMetadata = (items: Metadata) => ({
  M: Object.fromEntries(Object.entries(items).map(([key, S]) => [metadataKey(key), { S }])),
});

/** Sorted by key. Returns null for older items without the map. */
export function decodeMetadata({ [metadataAttribute]: attribute }: Item): Metadata | null {
  if (!attribute?.M) return null;
  const items = Object.entries(attribute.M).map(([key, { S = "" }]) => [key.slice(1), S] as const);
  return Object.fromEntries(items.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A set, which DynamoDB cannot store empty. */
export const tagsAttribute = "tags";

export const decodeTags = ({ [tagsAttribute]: attribute }: Item): string[] =>
  (attribute?.SS ?? []).toSorted();

/** A field in attributes of its own, or a member of the JSON string. */
type Column<Value> =
  | "cold"
  | {
      encode(value: Value, server: Server): Item;
      decode(item: Item, cold: StoredColdFields): Value | undefined;
    };

/** `metadata`: older items keep it here. */
type StoredColdFields = Partial<Record<keyof Server, unknown>> & { readonly metadata?: Metadata };

const single = <Value>(
  attribute: string,
  encode: (value: Value) => AttributeValue,
  decode: (stored: AttributeValue) => Value,
): Column<Value> => ({
  encode: (value) => ({ [attribute]: encode(value) }),
  decode: ({ [attribute]: stored }) => stored && decode(stored),
});

const textColumn = <Text extends string>(attribute: string): Column<Text> =>
  single(
    attribute,
    (S) => ({ S }),
    ({ S = "" }) => S as Text,
  );

const numberColumn = (attribute: string): Column<number> =>
  single(
    attribute,
    (value) => ({ N: String(value) }),
    ({ N }) => Number(N),
  );

/** Stored where it differs from the name. */
const nameColumn = <Text extends string | null>(attribute: string): Column<Text> => ({
  encode: (value, { name }) => (value === name ? {} : { [attribute]: toTextAttribute(value) }),
  decode: ({ [attribute]: stored, ["name"]: name }) =>
    (stored ? (stored.S ?? null) : (name?.S ?? "")) as Text,
});

/** Every field of a server; decoding keeps this order. */
const codec: { readonly [Field in keyof Server]: Column<Server[Field]> } = {
  id: { encode: () => ({}), decode: ({ sk }) => sk?.S?.slice("SERVER#".length) },
  project: { encode: () => ({}), decode: ({ pk }) => pk?.S?.slice("PROJECT#".length) },
  user: "cold",
  name: textColumn("name"),
  description: nameColumn("description"),
  hostname: nameColumn("hostname"),
  lock: {
    encode: (lock) => ({
      ...(lock && { lockedBy: { S: lock.by } }),
      ...(lock?.reason && { lockedReason: { S: lock.reason } }),
    }),
    decode: ({ ["lockedBy"]: by, ["lockedReason"]: reason }) =>
      by && { by: by.S as Lock["by"], reason: reason?.S ?? null },
  },
  motion: {
    encode: ({ action, from, to, due }) => ({
      action: { S: action },
      from: { S: from },
      to: { S: to },
      due: { N: String(due) },
    }),
    decode: ({ ["action"]: action, ["from"]: from, ["to"]: to, ["due"]: due }) => ({
      action: (action?.S ?? "") as Action,
      from: (from?.S ?? "") as VmState,
      to: (to?.S ?? "") as VmState,
      due: Number(due?.N),
    }),
  },
  created: "cold",
  updated: numberColumn("updated"),
  launched: "cold",
  booted: numberColumn("booted") as Column<Server["booted"]>,
  flavor: "cold",
  image: "cold",
  addresses: "cold",
  volumes: single(volumesAttribute, (volumes) => ({ S: JSON.stringify(volumes) }), parseVolumes),
  publicIPv4: "cold",
  accessIPv4: textColumn("accessIPv4"),
  accessIPv6: textColumn("accessIPv6"),
  diskConfig: textColumn("diskConfig"),
  metadata: {
    encode: (metadata) => ({ [metadataAttribute]: encodeMetadata(metadata) }),
    decode: (item, { metadata }) => decodeMetadata(item) ?? metadata,
  },
  tags: {
    encode: (tags) => ({ [tagsAttribute]: { SS: [...tags] } }),
    decode: decodeTags,
  },
  keyName: "cold",
  configDrive: "cold",
  availabilityZone: "cold",
  pinnedZone: "cold",
  launchIndex: "cold",
  trustedCertificates: "cold",
  securityGroups: "cold",
  host: "cold",
  hostId: "cold",
  before: "cold",
  fault: "cold",
  shelvedImage: "cold",
  freed: "cold",
  reservation: "cold",
  hints: "cold",
  consoleEpoch: numberColumn("epoch"),
};

const isDefaulted = (field: keyof Server): field is keyof ServerDefaults =>
  Object.hasOwn(serverDefaults, field);

const columns = (Object.keys(codec) as (keyof Server)[]).map((field) => ({
  field,
  column: codec[field] as Column<unknown>,
  isDefaulted: isDefaulted(field),
  fallback: isDefaulted(field) ? serverDefaults[field] : undefined,
}));

const columnOf = (field: keyof Server) => codec[field] as Column<unknown>;

const isDefault = (field: keyof Server, value: unknown): boolean =>
  isDefaulted(field) && JSON.stringify(value) === JSON.stringify(serverDefaults[field]);
