import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Action, VmState } from "../domain/lifecycle.ts";
import type { Wiring } from "../domain/network/wiring.ts";
import type { Server } from "../domain/server.ts";

/** How long, in seconds, a deleted server can still be listed by `changes-since`. */
export const tombstoneLifetime = 86_400;

export type Item = Record<string, AttributeValue>;

export const partitionOf = (project: string): string => `PROJECT#${project}`;

export const sortOf = (id: string): string => `SERVER#${id}`;

export const keyOf = (project: string, id: string): Item => ({
  pk: { S: partitionOf(project) },
  sk: { S: sortOf(id) },
});

/** How an administrator or a console finds the project of a server. Written once, at create. */
export const locatorKeyOf = (id: string): Item => ({ pk: { S: sortOf(id) }, sk: { S: "PROJECT" } });

/**
 * What conditions and updates name is an attribute each; all the rest is one JSON string, which every
 * engine and the SDK read several times faster than as many attributes (facts: engines §A4). What is
 * as it mostly is, is left out: an item is to fit the one kilobyte that a write is charged by.
 */
export function encode({ id, project, name, motion, updated, ...rest }: Server): Item {
  const { accessIPv4, accessIPv6, diskConfig, ...cold } = rest;
  const said = Object.entries({ accessIPv4, accessIPv6, diskConfig }).filter(
    ([attribute, value]) => value !== usualUpdatable[attribute as keyof typeof usualUpdatable],
  );
  return {
    ...keyOf(project, id),
    name: { S: name },
    action: { S: motion.action },
    from: { S: motion.from },
    to: { S: motion.to },
    due: { N: String(motion.due) },
    updated: { N: String(updated) },
    ...Object.fromEntries(said.map(([attribute, value]) => [attribute, { S: value }])),
    d: { S: JSON.stringify(Object.fromEntries(Object.entries(cold).filter(isUnusual))) },
  };
}

export function decode(item: Item): Server {
  const text = (name: string) => item[name]?.S ?? "";
  const cold = JSON.parse(text("d")) as Partial<Cold> & Omit<Cold, keyof typeof usual>;
  const { addresses, securityGroups } = item["wiring"]?.S
    ? (JSON.parse(item["wiring"].S) as Wiring)
    : cold;
  return {
    id: text("sk").slice("SERVER#".length),
    project: text("pk").slice("PROJECT#".length),
    user: cold.user,
    name: text("name"),
    motion: {
      action: text("action") as Action,
      from: text("from") as VmState,
      to: text("to") as VmState,
      due: Number(item["due"]?.N),
    },
    created: cold.created,
    updated: Number(item["updated"]?.N),
    launched: cold.launched,
    flavor: cold.flavor,
    image: cold.image,
    addresses,
    publicIPv4: cold.publicIPv4,
    accessIPv4: text("accessIPv4"),
    accessIPv6: text("accessIPv6"),
    diskConfig: (item["diskConfig"]?.S ?? usualUpdatable.diskConfig) as Server["diskConfig"],
    metadata: cold.metadata ?? usual.metadata,
    keyName: cold.keyName ?? usual.keyName,
    configDrive: cold.configDrive ?? usual.configDrive,
    availabilityZone: cold.availabilityZone ?? usual.availabilityZone,
    securityGroups,
    host: cold.host,
    hostId: cold.hostId,
    reservation: cold.reservation,
    hints: cold.hints ?? usual.hints,
    consoleEpoch: cold.consoleEpoch ?? usual.consoleEpoch,
  };
}

type Cold = Omit<
  Server,
  "id" | "project" | "name" | "motion" | "updated" | keyof typeof usualUpdatable
>;

const usualUpdatable = { accessIPv4: "", accessIPv6: "", diskConfig: "MANUAL" } as const;

/** What most servers are, in the part that no update names. */
const usual = {
  metadata: {},
  keyName: null,
  configDrive: false,
  availabilityZone: "nova",
  hints: {},
  consoleEpoch: 0,
} as const satisfies Partial<Cold>;

const isUnusual = ([name, value]: [string, unknown]): boolean =>
  !Object.hasOwn(usual, name) ||
  JSON.stringify(value) !== JSON.stringify(usual[name as keyof typeof usual]);
