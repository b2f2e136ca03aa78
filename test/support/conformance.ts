import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { maxMicroversion } from "../../lambdas/compute/model/microversions.ts";
import { formatChecks } from "../../lambdas/http/formats.ts";
import type { AnyOperation } from "../../lambdas/http/operation.ts";
import { createPathRouter } from "../../lambdas/http/router.ts";
import { cidrFromText } from "../../lambdas/network/model/cidr.ts";
import { hasNovaSchemas, readNovaSchema } from "./nova-schemas.ts";
import { servedRoutes } from "./register.ts";

/** The N of the latest supported 2.N. */
export const latestMinor = Number(maxMicroversion.split(".")[1]);

interface VersionedSchema {
  readonly min: string | null;
  readonly max: string | null;
  readonly file: string;
}

interface NovaOperation {
  readonly method: string;
  readonly path: string;
  readonly action: string | null;
  readonly controller: string;
  readonly api_version: readonly [string | null, string | null];
  readonly success: readonly (readonly [number, (string | null)?, (string | null)?])[];
  readonly removed: boolean;
  readonly request: readonly VersionedSchema[];
  readonly query: readonly VersionedSchema[];
  readonly response: readonly VersionedSchema[];
}

const indexFile = join(
  process.env["NOVA_SCHEMAS"] ?? resolve(import.meta.dirname, "../../../shared"),
  "conformance/request-schemas/index.json",
);
const { entries: novaOperations }: { readonly entries: readonly NovaOperation[] } = hasNovaSchemas
  ? JSON.parse(readFileSync(indexFile, "utf8"))
  : { entries: [] };

const withoutParameterNames = (path: string): string => path.replace(/\{\w+\}/g, "{}");

export const operationName = ({ method, path, action }: NovaOperation): string =>
  operationKey(method, path, action).trim();

const operationKey = (method: string, path: string, action: string | null | undefined): string =>
  `${method} ${withoutParameterNames(path)} ${action ?? ""}`;

const novaOperationsByKey = new Map(
  novaOperations.map((one) => [operationKey(one.method, one.path, one.action), one]),
);

export function findNovaOperation({
  service,
  route,
  action,
}: AnyOperation): NovaOperation | undefined {
  const [method = "", path = ""] = route.split(" ");
  return service === "compute"
    ? novaOperationsByKey.get(operationKey(method, path, action))
    : undefined;
}

export interface OperationPair {
  readonly operation: AnyOperation;
  readonly nova: NovaOperation;
}

export function operationPairsOf(operation: AnyOperation): OperationPair[] {
  const nova = findNovaOperation(operation);
  if (nova) return [{ operation, nova }];
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
    const entry = findNovaOperation(one);
    return entry ? [{ operation: one, nova: entry }] : [];
  });
}

const minorVersion = (version: string | null | undefined): number | undefined =>
  version ? Number(version.split(".")[1]) : undefined;

export const minorVersionsOf = ({ api_version: [min, max] }: NovaOperation) => ({
  since: Math.max(minorVersion(min) ?? 1, 1),
  until: Math.min(minorVersion(max) ?? latestMinor, latestMinor),
});

export interface SchemaRange {
  readonly name: string;
  readonly since: number;
  readonly until: number;
}

export function schemaRangesOf(
  entry: NovaOperation,
  part: "request" | "query" | "response",
): SchemaRange[] {
  const { since, until } = minorVersionsOf(entry);
  return entry[part]
    .map(({ min, max, file }) => ({
      name: file.replace(/\.json$/, ""),
      since: Math.max(minorVersion(min) ?? since, since),
      until: Math.min(minorVersion(max) ?? until, until),
    }))
    .filter((range) => range.since <= range.until);
}

/** Nova's schema of a /v2 body, which is its 2.0. */
export const legacySchemaName = ({ request }: NovaOperation): string | undefined =>
  request
    .find(
      ({ min, max }) => (minorVersion(min) ?? 0) === 0 && (minorVersion(max) ?? latestMinor) >= 0,
    )
    ?.file.replace(/\.json$/, "");

/** Nova's success status; undefined if computed at run time. */
export const successStatusOf = (
  { controller, success }: NovaOperation,
  at: number,
): number | undefined =>
  /server_tags|server_external_events|_floating_ip$/.test(controller)
    ? undefined
    : success.find(
        ([, min, max]) =>
          (minorVersion(min) ?? 0) <= at && at <= (minorVersion(max) ?? latestMinor),
      )?.[0];

const compiledSchemas = new Map<string, ValidateFunction>();

export function schemaErrors(name: string, body: unknown): string[] {
  const validate = compiledSchemas.get(name) ?? compileSchema(name);
  compiledSchemas.set(name, validate);
  validate(body);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function compileSchema(name: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true, unicodeRegExp: false });
  for (const [format, fits] of Object.entries(formatChecks)) ajv.addFormat(format, fits);
  ajv.addFormat("cidr", (text) => cidrFromText(text) !== null);
  for (const format of ["name", "uri"]) ajv.addFormat(format, true);
  return ajv.compile(readNovaSchema(name));
}

const { match: matchComputeRoute } = createPathRouter(
  servedRoutes.filter(
    ({ mountPath, operations }) => mountPath === "/v2.1" && operations[0]?.service === "compute",
  ),
);

export function novaDifferences(
  method: string,
  path: string,
  requestBody: unknown,
  { status, version, text }: { status: number; version: string | null; text: string },
): string[] {
  if (!hasNovaSchemas || version === null || status >= 300) return [];
  const operations = matchComputeRoute(method, path.split("?")[0] ?? "")?.route.operations ?? [];
  const entry = operations
    .flatMap(operationPairsOf)
    .find(
      ({ operation: { action } }) =>
        action === undefined || Object.hasOwn(Object(requestBody), action),
    )?.nova;
  if (!entry) return [];
  const at = Number(version.split(".")[1]);
  const range = schemaRangesOf(entry, "response").find(
    ({ since, until }) => since <= at && at <= until,
  );
  const expected = successStatusOf(entry, at);
  return [
    ...(expected === undefined || expected === status ? [] : [`${expected} and not ${status}`]),
    ...(range && text !== "" ? schemaErrors(range.name, JSON.parse(text)) : []),
  ];
}
