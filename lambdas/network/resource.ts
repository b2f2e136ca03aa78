import { randomUUID } from "node:crypto";
import { badRequest, Fault } from "../core/fault.ts";
import type { Instant } from "../core/instant.ts";
import type { ProjectScope } from "../core/project-scope.ts";
import { repr } from "../core/python-json.ts";
import { toIsoSecondsZ } from "../core/times.ts";
import { type Caller, hasRole } from "../identity/model/identity.ts";
import { type Attributes, isObject, type Parsed, string } from "./attributes.ts";
import type { StandardAttributes } from "./model/network.ts";

export interface ResourceType<A extends Attributes, R> {
  readonly singular: string;
  readonly plural: string;
  /** Settable by requests. */
  readonly attributes: A;
  /** Names that only responses have. */
  readonly readOnly: readonly string[];
  readonly view: (record: R) => Record<string, unknown>;
}

export const resourceType = <A extends Attributes, R extends StandardAttributes>(
  type: ResourceType<A, R>,
): ResourceType<A, R> => type;

/** Names in `standardView`. */
export const standardNames = [
  ...["id", "project_id", "tenant_id", "tags", "created_at", "updated_at", "revision_number"],
];

export const standardView = (record: StandardAttributes) => ({
  id: record.id,
  project_id: record.project_id,
  tenant_id: record.project_id,
  tags: record.tags,
  created_at: toIsoSecondsZ(record.created),
  updated_at: toIsoSecondsZ(record.updated),
  revision_number: record.revision,
});

/** Bodies are validated by `parseCreate` and `parseUpdate`, in Neutron's words. */
export const anyObject = { type: "object", additionalProperties: true } as const;

export interface NetworkCall {
  readonly caller: Caller;
  readonly project: string;
  readonly query: URLSearchParams;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  readonly origin: string;
  readonly now: Instant;
}

export const projectScope = ({ caller, project }: NetworkCall): ProjectScope => ({
  project,
  allProjects: hasRole(caller, "admin"),
});

/** All attributes, with defaults. Throws `malformed`, `forbidden`. */
export function parseCreate<A extends Attributes, R>(
  type: ResourceType<A, R>,
  call: NetworkCall,
): Parsed<A> & { readonly project_id: string } {
  const body = membersOf(type, call);
  const { project, caller } = call;
  const owner = string()(body["project_id"] ?? body["tenant_id"] ?? project, "project_id");
  if (owner !== project && !hasRole(caller, "admin")) throw forbidden(`create_${type.singular}`);
  assertAttributesKnown(type, body);
  for (const name of Object.keys(body))
    if (!Object.hasOwn(type.attributes, name) && !isOwnerName(name))
      throw badRequest(`Attribute '${name}' not allowed in POST`);
  const all = Object.entries(type.attributes).map(([name, attribute]) => {
    if (Object.hasOwn(body, name))
      return [name, parseAttribute(type, call, { name, body, verb: "create" })];
    if (!("default" in attribute))
      throw badRequest(`Failed to parse request. Required attribute '${name}' not specified`);
    return [name, attribute.default];
  });
  return { ...(Object.fromEntries(all) as Parsed<A>), project_id: owner };
}

/** Only the attributes in the body. Throws `malformed`, `forbidden`. */
export function parseUpdate<A extends Attributes, R>(
  type: ResourceType<A, R>,
  call: NetworkCall,
): Partial<Parsed<A>> {
  const body = membersOf(type, call);
  assertAttributesKnown(type, body);
  for (const name of Object.keys(body))
    if (type.attributes[name]?.createOnly || !Object.hasOwn(type.attributes, name))
      throw badRequest(`Cannot update read-only attribute ${name}`);
  const parsed = Object.keys(body).map((name) => [
    name,
    parseAttribute(type, call, { name, body, verb: "update" }),
  ]);
  return Object.fromEntries(parsed) as Partial<Parsed<A>>;
}

const isOwnerName = (name: string) => name === "project_id" || name === "tenant_id";

function membersOf<A extends Attributes, R>(
  { singular, plural }: ResourceType<A, R>,
  { body = {} }: NetworkCall,
): Readonly<Record<string, unknown>> {
  if (Object.hasOwn(body, plural)) throw badRequest("Bulk operation not supported");
  const members = body[singular];
  if (!isObject(members)) throw badRequest(`Unable to find '${singular}' in request body`);
  return members;
}

function assertAttributesKnown<A extends Attributes, R>(
  type: ResourceType<A, R>,
  body: Readonly<Record<string, unknown>>,
): void {
  const unknown = Object.keys(body).filter(
    (name) =>
      !Object.hasOwn(type.attributes, name) &&
      !type.readOnly.includes(name) &&
      !standardNames.includes(name),
  );
  if (unknown.length > 0) throw badRequest(`Unrecognized attribute(s) '${unknown.join(", ")}'`);
}

function parseAttribute<A extends Attributes, R>(
  { attributes, singular }: ResourceType<A, R>,
  { caller }: NetworkCall,
  { name, body, verb }: { name: string; body: Readonly<Record<string, unknown>>; verb: string },
): unknown {
  const attribute = attributes[name];
  const value = attribute?.parse(body[name], name);
  const isDefault = verb === "create" && repr(value) === repr(attribute?.default);
  if (attribute?.adminOnly && !isDefault && !hasRole(caller, "admin"))
    throw forbidden(`${verb}_${singular}:${name}`);
  return value;
}

export const forbidden = (rule: string) => new Fault({ kind: "forbidden", rule });

export const newAttributes = (project: string, now: Instant): StandardAttributes => ({
  id: randomUUID(),
  project_id: project,
  tags: [],
  created: now,
  updated: now,
  revision: 1,
});

export const applyUpdate = <R extends StandardAttributes>(
  was: R,
  changes: Partial<R>,
  now: Instant,
): R => ({
  ...was,
  ...changes,
  updated: now,
  revision: was.revision + 1,
});

/** For shared resources, which other projects see. Throws `forbidden`. */
export function assertOwner(
  { project_id }: Pick<StandardAttributes, "project_id">,
  { caller, project }: NetworkCall,
  rule: string,
): void {
  if (project_id !== project && !hasRole(caller, "admin")) throw forbidden(rule);
}
