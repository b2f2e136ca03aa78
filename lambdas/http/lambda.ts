import middy from "@middy/core";
import { Fault, malformed } from "../core/fault.ts";
import { type Caller, holds } from "../identity/model/identity.ts";
import { type Spoken, viewOf } from "./dialect.ts";
import type { World } from "./environment.ts";
import type { Event, Handler, Result, Serving } from "./handler.ts";
import {
  authenticating,
  naming,
  negotiating,
  refusing,
  sizing,
  speaking,
  telling,
  written,
} from "./middleware.ts";
import { type Actions, type AnyOperation, isRaw, type Target, type Versions } from "./operation.ts";
import { bytesOf, isRouted, jsonOf, plainParameters } from "./request.ts";
import { schemaAt } from "./schema.ts";
import { isRecord, validated } from "./validation.ts";

/**
 * The Lambda of an operation, or of the actions that share a route. What happens before the handler
 * is in Nova's order: too large, who, version, then the body (facts/edges.md E-01).
 */
export function lambda(target: Target, world: World): Handler {
  const serve = middy<Event, Result, Error, Serving>()
    .use(telling(world))
    .use(naming())
    .use(speaking(world, target))
    .use(refusing())
    .use(sizing(target))
    .use(authenticating(world))
    .use(negotiating())
    .handler(async (event, { serving }) => {
      const { dialect, spoken, caller } = serving;
      const path = dialect.lenientPaths ? plainParameters(event) : (event.pathParameters ?? {});
      const objection = serving.public ? null : dialect.objection(path, caller);
      if (objection?.kind === "no-such-route") throw new Fault(objection);
      const json = isRouted(event) && !isRaw(target) ? jsonOf(event, dialect) : undefined;
      const operation = "actions" in target ? await named(target, json) : target;
      serving.operation = operation.id;
      if (objection) throw new Fault(objection);
      const { microversion } = spoken;
      if (!isIn(operation.versions, microversion)) throw new Fault({ kind: "not-in-version" });
      const call = {
        caller,
        project: caller.project?.id ?? "",
        path: path as Record<string, string>,
        query: queried(operation, spoken, dialect.unknown),
        microversion,
        requestId: serving.requestId,
        headers: event.headers,
        body: bodyOf(operation, json, microversion, dialect.unknown),
        bytes: () => bytesOf(event),
        origin: spoken.origin,
        now: spoken.now,
      };
      permit(operation, caller);
      // asked before anything is done: nothing happens that cannot be answered
      const view = viewOf(dialect, operation.answer);
      if (!view) throw new Fault({ kind: "no-such-route" });
      return written(view(await operation.run(call, world), spoken));
    });
  return async (event, context) =>
    (await serve(event, context as Serving, unhurried)) ?? written({ status: 500 });
}

/** Nothing here is given up half way; the platform's own time limit ends what takes too long. */
const unhurried = { signal: new AbortController().signal };

/** The one operation that the body's one key names (nova/api/openstack/wsgi.py:347). */
async function named({ actions }: Actions, json: unknown): Promise<AnyOperation> {
  const [action, ...more] = isRecord(json) ? Object.keys(json) : [];
  if (action === undefined || more.length > 0) throw malformed("Malformed request body");
  if (!Object.hasOwn(actions, action)) throw new Fault({ kind: "no-such-action", action });
  return (actions[action] as () => Promise<AnyOperation>)();
}

function isIn({ since = 0, until = Infinity }: Versions = {}, microversion: number): boolean {
  return since <= microversion && microversion <= until;
}

function bodyOf(
  { body }: AnyOperation,
  json: unknown,
  microversion: number,
  unknown: "refused" | "dropped",
): unknown {
  const schema = body && schemaAt(body, microversion);
  return schema && validated(schema, json ?? null, { part: "body", unknown });
}

/** Query schemas are about lists of strings: a parameter may come more than once. */
function queried(
  { query: schema }: AnyOperation,
  { query, microversion }: Spoken,
  unknown: "refused" | "dropped",
): URLSearchParams {
  if (schema) {
    const lists = Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]));
    validated(schemaAt(schema, microversion), lists, { part: "query", unknown });
  }
  return query;
}

/**
 * What a role may is checked before anything is looked up. Tokens for no project open nothing but
 * Keystone, where administrators have those of a domain or the system.
 */
function permit({ access, service }: AnyOperation, caller: Caller): void {
  if (typeof access === "string") return;
  if ((!caller.project && service !== "identity") || !holds(caller, access.role))
    throw new Fault({ kind: "forbidden", rule: access.rule });
}
