import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Fragment } from "../../database/update.ts";
import type { Server } from "../model/server.ts";
import type { ServerChanges } from "../model/server-changes.ts";
import {
  coldAttribute,
  encodeMetadata,
  encodeServer,
  metadataAttribute,
  toTextAttribute,
  unlaunchedAttribute,
  unplacedAttribute,
} from "./server-item.ts";

interface AttributeColumn {
  readonly attribute: string;
  value(server: Server): AttributeValue;
}

/** Fields with an attribute of their own, since other updates change them too. */
const attributeColumns: Partial<Record<keyof ServerChanges, AttributeColumn>> = {
  name: { attribute: "name", value: ({ name }) => ({ S: name }) },
  description: {
    attribute: "description",
    value: ({ description }) => toTextAttribute(description),
  },
  hostname: { attribute: "hostname", value: ({ hostname }) => ({ S: hostname }) },
  accessIPv4: { attribute: "accessIPv4", value: ({ accessIPv4 }) => ({ S: accessIPv4 }) },
  accessIPv6: { attribute: "accessIPv6", value: ({ accessIPv6 }) => ({ S: accessIPv6 }) },
  diskConfig: { attribute: "diskConfig", value: ({ diskConfig }) => ({ S: diskConfig }) },
  metadata: { attribute: metadataAttribute, value: ({ metadata }) => encodeMetadata(metadata) },
};

/** Stored only where they differ from the name (server-item.ts). */
export const derivedFromName = ["description", "hostname"] as const;

/** Rewrites the cold fields: no other update does while the motion is the one read. */
export function changesFragment(server: Server, changes: ServerChanges): Fragment {
  if (Object.keys(changes).length === 0) return {};
  const next = { ...server, ...changes };
  const changedColumns = Object.entries(attributeColumns).filter(([key]) =>
    Object.hasOwn(changes, key),
  );
  const derived =
    changes.name === undefined ? [] : derivedFromName.filter((one) => !Object.hasOwn(changes, one));
  const cold = encodeServer(next)[coldAttribute] as AttributeValue;
  const flags = [
    ["#unplaced", unplacedAttribute, next.host === ""],
    ["#unlaunched", unlaunchedAttribute, next.launched === null],
  ] as const;
  const setFlags = flags.filter(([, , is]) => is).map(([name]) => `${name} = :true`);
  return {
    set: [
      "#cold = :cold",
      ...changedColumns.map(([key]) => `#${key} = :${key}`),
      ...derived.map((one) => `#${one} = if_not_exists(#${one}, #name)`),
      ...setFlags,
    ],
    remove: flags.filter(([, , is]) => !is).map(([name]) => name),
    names: {
      "#cold": coldAttribute,
      ...Object.fromEntries(changedColumns.map(([key, { attribute }]) => [`#${key}`, attribute])),
      ...Object.fromEntries(derived.map((one) => [`#${one}`, one])),
      ...Object.fromEntries(flags.map(([name, attribute]) => [name, attribute])),
    },
    values: {
      ":cold": cold,
      ...Object.fromEntries(changedColumns.map(([key, { value }]) => [`:${key}`, value(next)])),
      ...(setFlags.length > 0 && { ":true": { BOOL: true } }),
    },
  };
}
