import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Item } from "../../database/item.ts";
import type { NetworkInfo } from "../../network/model/network-info.ts";
import type { AttachedVolume } from "../model/attached-volume.ts";
import type { Action, VmState } from "../model/lifecycle.ts";
import type { Lock, Metadata, MigrationContext, Server } from "../model/server.ts";
import { dropDerivableHostId, restoreHostId, type WithOptionalHostId } from "./host-id.ts";

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
export function encodeServer({ id, project, name, motion, updated, ...rest }: Server): Item {
  const { description, hostname, metadata, tags, lock, booted, volumes, consoleEpoch, ...others } =
    rest;
  const { accessIPv4, accessIPv6, diskConfig, before, ...hostFields } = others;
  const cold = {
    ...dropDerivableHostId(project, hostFields),
    before: before && dropDerivableHostId(project, before),
  };
  const updatable = Object.entries({ accessIPv4, accessIPv6, diskConfig }).filter(
    ([attribute, value]) =>
      value !== updatableDefaults[attribute as keyof typeof updatableDefaults],
  );
  return {
    ...serverKey(project, id),
    name: { S: name },
    ...(description !== name && { description: toTextAttribute(description) }),
    ...(hostname !== name && { hostname: { S: hostname } }),
    ...(lock && { lockedBy: { S: lock.by } }),
    ...(lock?.reason && { lockedReason: { S: lock.reason } }),
    action: { S: motion.action },
    from: { S: motion.from },
    to: { S: motion.to },
    due: { N: String(motion.due) },
    updated: { N: String(updated) },
    ...(volumes.length > 0 && { [volumesAttribute]: { S: JSON.stringify(volumes) } }),
    ...(consoleEpoch !== 0 && { epoch: { N: String(consoleEpoch) } }),
    ...(booted !== null && { booted: { N: String(booted) } }),
    ...(rest.host === "" && { [unplacedAttribute]: { BOOL: true } }),
    ...(rest.launched === null && { [unlaunchedAttribute]: { BOOL: true } }),
    ...Object.fromEntries(updatable.map(([attribute, value]) => [attribute, { S: value }])),
    [metadataAttribute]: encodeMetadata(metadata),
    ...(tags.length > 0 && { [tagsAttribute]: { SS: [...tags] } }),
    [coldAttribute]: {
      S: JSON.stringify(Object.fromEntries(Object.entries(cold).filter(differsFromDefault))),
    },
  };
}

export function decodeServer(item: Item): Server {
  const text = (name: string) => item[name]?.S ?? "";
  const cold = JSON.parse(text(coldAttribute)) as StoredColdFields;
  const { addresses, securityGroups } = item["wiring"]?.S
    ? (JSON.parse(item["wiring"].S) as NetworkInfo)
    : cold;
  const project = text("pk").slice("PROJECT#".length);
  return {
    id: text("sk").slice("SERVER#".length),
    project,
    user: cold.user,
    name: text("name"),
    description: item["description"] ? (item["description"].S ?? null) : text("name"),
    hostname: item["hostname"]?.S ?? text("name"),
    lock: item["lockedBy"] ? decodeLock(item) : null,
    motion: {
      action: text("action") as Action,
      from: text("from") as VmState,
      to: text("to") as VmState,
      due: Number(item["due"]?.N),
    },
    created: cold.created,
    updated: Number(item["updated"]?.N),
    launched: cold.launched,
    booted: item["booted"] ? Number(item["booted"].N) : null,
    flavor: cold.flavor,
    image: cold.image,
    addresses,
    volumes: decodeVolumes(item),
    publicIPv4: cold.publicIPv4,
    accessIPv4: text("accessIPv4"),
    accessIPv6: text("accessIPv6"),
    diskConfig: (item["diskConfig"]?.S ?? updatableDefaults.diskConfig) as Server["diskConfig"],
    metadata: decodeMetadata(item) ?? cold.metadata ?? {},
    tags: decodeTags(item),
    keyName: cold.keyName ?? coldDefaults.keyName,
    configDrive: cold.configDrive ?? coldDefaults.configDrive,
    availabilityZone: cold.availabilityZone ?? coldDefaults.availabilityZone,
    pinnedZone: cold.pinnedZone ?? coldDefaults.pinnedZone,
    launchIndex: cold.launchIndex ?? coldDefaults.launchIndex,
    trustedCertificates: cold.trustedCertificates ?? coldDefaults.trustedCertificates,
    securityGroups,
    host: cold.host,
    hostId: restoreHostId(project, cold),
    before: cold.before
      ? { ...cold.before, hostId: restoreHostId(project, cold.before) }
      : coldDefaults.before,
    fault: cold.fault ?? coldDefaults.fault,
    shelvedImage: cold.shelvedImage ?? coldDefaults.shelvedImage,
    freed: cold.freed ?? coldDefaults.freed,
    reservation: cold.reservation,
    hints: cold.hints ?? coldDefaults.hints,
    consoleEpoch: Number(item["epoch"]?.N ?? 0),
  };
}

/** The JSON string. */
export const coldAttribute = "d";

/** Present for a server without host, or never active; for conditions. */
export const unplacedAttribute = "unplaced";
export const unlaunchedAttribute = "unlaunched";

const decodeLock = (item: Item): Lock => ({
  by: item["lockedBy"]?.S as Lock["by"],
  reason: item["lockedReason"]?.S ?? null,
});

export const toTextAttribute = (text: string | null): AttributeValue =>
  text === null ? { NULL: true } : { S: text };

type ColdFields = Omit<
  Server,
  | "id"
  | "project"
  | "name"
  | "description"
  | "hostname"
  | "metadata"
  | "tags"
  | "lock"
  | "motion"
  | "updated"
  | "booted"
  | "volumes"
  | "consoleEpoch"
  | keyof typeof updatableDefaults
>;

type StoredColdFields = Partial<Omit<ColdFields, "before">> &
  Omit<ColdFields, keyof typeof coldDefaults | "hostId"> & {
    readonly before?: WithOptionalHostId<MigrationContext> | null;
    /** Older items keep it here. */
    readonly metadata?: Metadata;
  };

const updatableDefaults = { accessIPv4: "", accessIPv6: "", diskConfig: "MANUAL" } as const;

const coldDefaults = {
  keyName: null,
  configDrive: false,
  availabilityZone: "nova",
  pinnedZone: null,
  launchIndex: 0,
  trustedCertificates: null,
  hints: {},
  before: null,
  fault: null,
  shelvedImage: null,
  freed: false,
} as const satisfies Partial<ColdFields>;

const differsFromDefault = ([name, value]: [string, unknown]): boolean =>
  !Object.hasOwn(coldDefaults, name) ||
  JSON.stringify(value) !== JSON.stringify(coldDefaults[name as keyof typeof coldDefaults]);

/** Attributes that change by other updates. */
export const volumesAttribute = "volumes";

export const decodeVolumes = ({ [volumesAttribute]: attribute }: Item): AttachedVolume[] =>
  attribute?.S ? (JSON.parse(attribute.S) as AttachedVolume[]) : [];

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
