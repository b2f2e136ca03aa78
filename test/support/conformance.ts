import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { most } from "../../lambdas/compute/model/microversions.ts";
import { formats } from "../../lambdas/http/formats.ts";
import type { AnyOperation } from "../../lambdas/http/operation.ts";
import { routerOf } from "../../lambdas/http/router.ts";
import { blockIn } from "../../lambdas/network/model/cidr.ts";
import { hasNovaSchemas, novaSchema } from "./nova-schemas.ts";
import { places } from "./register.ts";

/** The N of the latest 2.N there is here. */
export const latest = Number(most.split(".")[1]);

interface Ranged {
  readonly min: string | null;
  readonly max: string | null;
  readonly file: string;
}

/** What Nova's source says of one of its operations. */
interface Entry {
  readonly method: string;
  readonly path: string;
  readonly action: string | null;
  readonly controller: string;
  readonly api_version: readonly [string | null, string | null];
  readonly success: readonly (readonly [number, (string | null)?, (string | null)?])[];
  readonly removed: boolean;
  readonly request: readonly Ranged[];
  readonly query: readonly Ranged[];
  readonly response: readonly Ranged[];
}

const index = join(
  process.env["NOVA_SCHEMAS"] ?? resolve(import.meta.dirname, "../../../shared"),
  "conformance/request-schemas/index.json",
);
const { entries }: { readonly entries: readonly Entry[] } = hasNovaSchemas
  ? JSON.parse(readFileSync(index, "utf8"))
  : { entries: [] };

const nameless = (path: string): string => path.replace(/\{\w+\}/g, "{}");

/** What Nova's operation is called here, whatever its parameters are called. */
export const nameOf = ({ method, path, action }: Entry): string =>
  keyOf(method, path, action).trim();

const keyOf = (method: string, path: string, action: string | null | undefined): string =>
  `${method} ${nameless(path)} ${action ?? ""}`;

const byKey = new Map(entries.map((one) => [keyOf(one.method, one.path, one.action), one]));

/** Nova's own operation, if there is one of that route and action. */
export function novasOf({ service, route, action }: AnyOperation): Entry | undefined {
  const [method = "", path = ""] = route.split(" ");
  return service === "compute" ? byKey.get(keyOf(method, path, action)) : undefined;
}

export interface Known {
  readonly operation: AnyOperation;
  readonly novas: Entry;
}

/** An operation and Nova's; one of ours may be several of Nova's actions, each of which it then is. */
export function knownOf(operation: AnyOperation): Known[] {
  const novas = novasOf(operation);
  if (novas) return [{ operation, novas }];
  const { id, body, route, action: selected } = operation;
  if (selected !== undefined || !route.endsWith("/action")) return [];
  return Object.entries(body?.properties ?? {}).flatMap(([action, schema]) => {
    const one: AnyOperation = {
      ...operation,
      id: `${id} ${action}`,
      action,
      body: {
        ...body,
        properties: { [action]: schema },
        required: [action],
        additionalProperties: false,
      },
    };
    const entry = novasOf(one);
    return entry ? [{ operation: one, novas: entry }] : [];
  });
}

const minor = (version: string | null | undefined): number | undefined =>
  version ? Number(version.split(".")[1]) : undefined;

/** The versions that have the operation, by the N of 2.N, as far as we go. */
export const versionsOf = ({ api_version: [min, max] }: Entry) => ({
  since: Math.max(minor(min) ?? 1, 1),
  until: Math.min(minor(max) ?? latest, latest),
});

export interface Range {
  readonly name: string;
  readonly since: number;
  readonly until: number;
}

/** Nova's schemas of an operation, each with the versions it is for, as far as we go. */
export function rangesOf(entry: Entry, part: "request" | "query" | "response"): Range[] {
  const { since, until } = versionsOf(entry);
  return entry[part]
    .map(({ min, max, file }) => ({
      name: file.replace(/\.json$/, ""),
      since: Math.max(minor(min) ?? since, since),
      until: Math.min(minor(max) ?? until, until),
    }))
    .filter((range) => range.since <= range.until);
}

/** Nova's schema of a body on the old /v2, which is its 2.0. */
export const legacyOf = ({ request }: Entry): string | undefined =>
  request
    .find(({ min, max }) => (minor(min) ?? 0) === 0 && (minor(max) ?? latest) >= 0)
    ?.file.replace(/\.json$/, "");

/** The status that Nova answers with where all is well; undefined where it makes one up as it goes. */
export const successOf = ({ controller, success }: Entry, at: number): number | undefined =>
  /server_tags|server_external_events|_floating_ip$/.test(controller)
    ? undefined
    : success.find(([, min, max]) => (minor(min) ?? 0) <= at && at <= (minor(max) ?? latest))?.[0];

const compiled = new Map<string, ValidateFunction>();

/** What Nova's schema of that name has against a body. */
export function complaintsOf(name: string, body: unknown): string[] {
  const validate = compiled.get(name) ?? compile(name);
  compiled.set(name, validate);
  validate(body);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function compile(name: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true, unicodeRegExp: false });
  for (const [format, fits] of Object.entries(formats)) ajv.addFormat(format, fits);
  ajv.addFormat("cidr", (text) => blockIn(text) !== null);
  for (const format of ["name", "uri"]) ajv.addFormat(format, true);
  return ajv.compile(novaSchema(name));
}

const { match } = routerOf(
  places.filter(({ door, operations }) => door === "/v2.1" && operations[0]?.service === "compute"),
);

/**
 * What Nova's source has against an answer of the compute API, whatever was asked: its status and its
 * body, at the version that it says it speaks. Only good news is looked at.
 */
export function unlikeNova(
  method: string,
  path: string,
  asked: unknown,
  { status, version, text }: { status: number; version: string | null; text: string },
): string[] {
  if (!hasNovaSchemas || version === null || status >= 300) return [];
  const served = match(method, path.split("?")[0] ?? "")?.route.operations ?? [];
  const entry = served
    .flatMap(knownOf)
    .find(
      ({ operation: { action } }) => action === undefined || Object.hasOwn(Object(asked), action),
    )?.novas;
  if (!entry) return [];
  const at = Number(version.split(".")[1]);
  const range = rangesOf(entry, "response").find(({ since, until }) => since <= at && at <= until);
  const expected = successOf(entry, at);
  return [
    ...(expected === undefined || expected === status ? [] : [`${expected} and not ${status}`]),
    ...(range && text !== "" ? complaintsOf(range.name, JSON.parse(text)) : []),
  ];
}
