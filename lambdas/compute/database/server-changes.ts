import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Item } from "../../database/item.ts";
import type { Server } from "../model/server.ts";
import type { Changes } from "../model/server-changes.ts";
import {
  coldAttribute,
  encode,
  metadataAttribute,
  metadataValue,
  textOrNull,
  unlaunchedAttribute,
  unplacedAttribute,
} from "./server-item.ts";

/** What an update says of what becomes of a server besides, and the names and values it says it by. */
export interface Remaking {
  readonly says: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

interface Column {
  readonly attribute: string;
  value(server: Server): AttributeValue;
}

/** What has an attribute of its own, since others change it too: each is set only where it changes. */
const columns: Partial<Record<keyof Changes, Column>> = {
  name: { attribute: "name", value: ({ name }) => ({ S: name }) },
  description: { attribute: "description", value: ({ description }) => textOrNull(description) },
  hostname: { attribute: "hostname", value: ({ hostname }) => ({ S: hostname }) },
  accessIPv4: { attribute: "accessIPv4", value: ({ accessIPv4 }) => ({ S: accessIPv4 }) },
  accessIPv6: { attribute: "accessIPv6", value: ({ accessIPv6 }) => ({ S: accessIPv6 }) },
  diskConfig: { attribute: "diskConfig", value: ({ diskConfig }) => ({ S: diskConfig }) },
  metadata: { attribute: metadataAttribute, value: ({ metadata }) => metadataValue(metadata) },
};

/** What a server takes from its name until it is said (server-item.ts). */
export const followers = ["description", "hostname"] as const;

/** What is kept as one string is written anew: nobody else has, where the motion is the one seen. */
export function remaking(server: Server, changes: Changes): Remaking {
  if (Object.keys(changes).length === 0) return { says: "", names: {}, values: {} };
  const next = { ...server, ...changes };
  const own = Object.entries(columns).filter(([key]) => Object.hasOwn(changes, key));
  const kept =
    changes.name === undefined ? [] : followers.filter((one) => !Object.hasOwn(changes, one));
  const cold = encode(next)[coldAttribute] as AttributeValue;
  const marks = [
    ["#unplaced", unplacedAttribute, next.host === ""],
    ["#unlaunched", unlaunchedAttribute, next.launched === null],
  ] as const;
  const marked = marks.filter(([, , is]) => is).map(([name]) => `, ${name} = :true`);
  const unmarked = marks.filter(([, , is]) => !is).map(([name]) => name);
  return {
    says: `, #cold = :cold${own.map(([key]) => `, #${key} = :${key}`).join("")}${kept
      .map((one) => `, #${one} = if_not_exists(#${one}, #name)`)
      .join("")}${marked.join("")}${unmarked.length > 0 ? ` REMOVE ${unmarked.join(", ")}` : ""}`,
    names: {
      "#cold": coldAttribute,
      ...Object.fromEntries(own.map(([key, { attribute }]) => [`#${key}`, attribute])),
      ...Object.fromEntries(kept.map((one) => [`#${one}`, one])),
      ...Object.fromEntries(marks.map(([name, attribute]) => [name, attribute])),
    },
    values: {
      ":cold": cold,
      ...Object.fromEntries(own.map(([key, { value }]) => [`:${key}`, value(next)])),
      ...(marked.length > 0 && { ":true": { BOOL: true } }),
    },
  };
}
