import { randomUUID } from "node:crypto";
import { badRequest, Fault } from "../core/fault.ts";
import type { Instant } from "../core/instant.ts";
import type { ProjectScope } from "../core/project-scope.ts";
import { repr } from "../core/python-json.ts";
import { toIsoSecondsZ } from "../core/times.ts";
import { type Caller, hasRole } from "../identity/model/identity.ts";
import { type Attributes, isObject, type Said, text } from "./attributes.ts";
import type { StandardAttributes } from "./model/network.ts";

/** A kind of resource: what may be said of it, and what is told of it. */
export interface Kind<A extends Attributes, R> {
  readonly singular: string;
  readonly plural: string;
  readonly attributes: A;
  /** What is told of it besides, and cannot be said. */
  readonly told: readonly string[];
  readonly shown: (record: R) => Record<string, unknown>;
}

export const kindOf = <A extends Attributes, R extends StandardAttributes>(
  kind: Kind<A, R>,
): Kind<A, R> => kind;

/** What is told of everything. */
export const toldAlways = [
  ...["id", "project_id", "tenant_id", "tags", "created_at", "updated_at", "revision_number"],
];

export const shownAlways = (record: StandardAttributes) => ({
  id: record.id,
  project_id: record.project_id,
  tenant_id: record.project_id,
  tags: record.tags,
  created_at: toIsoSecondsZ(record.created),
  updated_at: toIsoSecondsZ(record.updated),
  revision_number: record.revision,
});

/** Any JSON object: what is in it is Neutron's own way of checking (see `said`). */
export const anything = { type: "object", additionalProperties: true } as const;

/** What an operation on resources is asked with. */
export interface Asking {
  readonly caller: Caller;
  readonly project: string;
  readonly query: URLSearchParams;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  readonly origin: string;
  readonly now: Instant;
}

export const reachOf = ({ caller, project }: Asking): ProjectScope => ({
  project,
  allProjects: hasRole(caller, "admin"),
});

/** What is said in order to make one: all of it, with what goes without saying. */
export function saidToCreate<A extends Attributes, R>(
  kind: Kind<A, R>,
  asking: Asking,
): Said<A> & { readonly project_id: string } {
  const body = membersOf(kind, asking);
  const { project, caller } = asking;
  const owner = text()(body["project_id"] ?? body["tenant_id"] ?? project, "project_id");
  if (owner !== project && !hasRole(caller, "admin")) throw forbidden(`create_${kind.singular}`);
  refuseUnknown(kind, body);
  for (const name of Object.keys(body))
    if (!Object.hasOwn(kind.attributes, name) && !isOwner(name))
      throw badRequest(`Attribute '${name}' not allowed in POST`);
  const all = Object.entries(kind.attributes).map(([name, attribute]) => {
    if (Object.hasOwn(body, name))
      return [name, read(kind, asking, { name, body, verb: "create" })];
    if (!("otherwise" in attribute))
      throw badRequest(`Failed to parse request. Required attribute '${name}' not specified`);
    return [name, attribute.otherwise];
  });
  return { ...(Object.fromEntries(all) as Said<A>), project_id: owner };
}

/** What is said in order to change one. */
export function saidToUpdate<A extends Attributes, R>(
  kind: Kind<A, R>,
  asking: Asking,
): Partial<Said<A>> {
  const body = membersOf(kind, asking);
  refuseUnknown(kind, body);
  for (const name of Object.keys(body))
    if (kind.attributes[name]?.fixed || !Object.hasOwn(kind.attributes, name))
      throw badRequest(`Cannot update read-only attribute ${name}`);
  const said = Object.keys(body).map((name) => [
    name,
    read(kind, asking, { name, body, verb: "update" }),
  ]);
  return Object.fromEntries(said) as Partial<Said<A>>;
}

const isOwner = (name: string) => name === "project_id" || name === "tenant_id";

function membersOf<A extends Attributes, R>(
  { singular, plural }: Kind<A, R>,
  { body = {} }: Asking,
): Readonly<Record<string, unknown>> {
  if (Object.hasOwn(body, plural)) throw badRequest("Bulk operation not supported");
  const members = body[singular];
  if (!isObject(members)) throw badRequest(`Unable to find '${singular}' in request body`);
  return members;
}

function refuseUnknown<A extends Attributes, R>(
  kind: Kind<A, R>,
  body: Readonly<Record<string, unknown>>,
): void {
  const unknown = Object.keys(body).filter(
    (name) =>
      !Object.hasOwn(kind.attributes, name) &&
      !kind.told.includes(name) &&
      !toldAlways.includes(name),
  );
  if (unknown.length > 0) throw badRequest(`Unrecognized attribute(s) '${unknown.join(", ")}'`);
}

function read<A extends Attributes, R>(
  { attributes, singular }: Kind<A, R>,
  { caller }: Asking,
  { name, body, verb }: { name: string; body: Readonly<Record<string, unknown>>; verb: string },
): unknown {
  const attribute = attributes[name];
  const value = attribute?.reads(body[name], name);
  const usual = verb === "create" && repr(value) === repr(attribute?.otherwise);
  if (attribute?.admin && !usual && !hasRole(caller, "admin"))
    throw forbidden(`${verb}_${singular}:${name}`);
  return value;
}

export const forbidden = (rule: string) => new Fault({ kind: "forbidden", rule });

/** What everything begins with. */
export const newly = (project: string, now: Instant): StandardAttributes => ({
  id: randomUUID(),
  project_id: project,
  tags: [],
  created: now,
  updated: now,
  revision: 1,
});

/** With what was said of it. */
export const changed = <R extends StandardAttributes>(
  was: R,
  said: Partial<R>,
  now: Instant,
): R => ({
  ...was,
  ...said,
  updated: now,
  revision: was.revision + 1,
});

/** What is seen by more than its owner is its owner's, or an administrator's, to change. */
export function refuseOthers(
  { project_id }: Pick<StandardAttributes, "project_id">,
  { caller, project }: Asking,
  rule: string,
): void {
  if (project_id !== project && !hasRole(caller, "admin")) throw forbidden(rule);
}
