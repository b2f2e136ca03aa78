import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Item } from "../../database/item.ts";
import type { NetworkInfo } from "../../network/model/network-info.ts";
import type { AttachedVolume } from "../model/attached-volume.ts";
import type { Action, VmState } from "../model/lifecycle.ts";
import type { Lock, Metadata, MigrationContext, Server } from "../model/server.ts";
import { dropDerivableHostId, restoreHostId, type WithOptionalHostId } from "./host-id.ts";

/** How long, in seconds, a deleted server can still be listed by `changes-since`. */
export const tombstoneTtlSeconds = 86_400;
export const projectPartition = (project: string): string => `PROJECT#${project}`;

export const serverSortKey = (id: string): string => `SERVER#${id}`;

export const serverKey = (project: string, id: string): Item => ({
  pk: { S: projectPartition(project) },
  sk: { S: serverSortKey(id) },
});

/** How an administrator or a console finds the project of a server. Written once, at create. */
export const serverLocatorKey = (id: string): Item => ({
  pk: { S: serverSortKey(id) },
  sk: { S: "PROJECT" },
});

/**
 * What conditions and updates name is an attribute each; all the rest is one JSON string, which every
 * engine and the SDK read several times faster than as many attributes (facts: engines §A4). What is
 * as it mostly is, is left out: an item is to fit the one kilobyte that a write is charged by. A
 * description and a hostname that are not there are the name; `rename` sees to that they stay it.
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

/** All that no condition and no update names. */
export const coldAttribute = "d";

/** There for a server that is on no host, and for one that never came up: what conditions ask about. */
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
    /** Where servers had it before it was an attribute. */
    readonly metadata?: Metadata;
  };

const updatableDefaults = { accessIPv4: "", accessIPv6: "", diskConfig: "MANUAL" } as const;

/** What most servers are, in the part that no update names. */
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

/** Apart from the rest, since they change while the server does not. */
export const volumesAttribute = "volumes";

export const decodeVolumes = ({ [volumesAttribute]: attribute }: Item): AttachedVolume[] =>
  attribute?.S ? (JSON.parse(attribute.S) as AttachedVolume[]) : [];

/** A map, so that an item of it is written without a look at the others. */
export const metadataAttribute = "meta";

/** `__proto__` is a key like another (E-13), but the SDK makes objects of maps: none begins like this. */
export const metadataKey = (key: string): string => `=${key}`;

export const encodeMetadata = (items: Metadata) => ({
  M: Object.fromEntries(Object.entries(items).map(([key, S]) => [metadataKey(key), { S }])),
});

/** In the order of the keys, which DynamoDB has none of; null for servers from before it was a map. */
export function decodeMetadata({ [metadataAttribute]: attribute }: Item): Metadata | null {
  if (!attribute?.M) return null;
  const items = Object.entries(attribute.M).map(([key, { S = "" }]) => [key.slice(1), S] as const);
  return Object.fromEntries(items.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A set, for the same reason; DynamoDB knows no empty one. */
export const tagsAttribute = "tags";

export const decodeTags = ({ [tagsAttribute]: attribute }: Item): string[] =>
  (attribute?.SS ?? []).toSorted();
