import middy from "@middy/core";
import type { Context } from "aws-lambda";
import { badRequest, Fault } from "../core/fault.ts";
import { type Caller, hasRole } from "../identity/model/identity.ts";
import { findView, type RequestContext } from "./dialect.ts";
import type { Environment } from "./environment.ts";
import type { Event, Handler, Invocation, Result } from "./handler.ts";
import {
  addResponseHeaders,
  authenticateCaller,
  limitBody,
  type Middleware,
  negotiateVersion,
  refusalToResponse,
  reportResponse,
  setRequestContext,
  toResult,
} from "./middleware.ts";
import {
  type Actions,
  type AnyOperation,
  isRaw,
  type Routable,
  type Versions,
} from "./operation.ts";
import { bodyBytes, isRouted, normalizeParameters, parseJsonBody } from "./request.ts";
import { schemaAt } from "./schema.ts";
import { isRecord, validate } from "./validation.ts";

/**
 * The Lambda of an operation, or of the actions that share a route. What happens before the handler
 * is in Nova's order: too large, who, version, then the body (facts/edges.md E-01).
 */
export function lambda(target: Routable, environment: Environment): Handler {
  const serve = middy<Event, Result, Error, Context, Invocation>()
    .use(reportResponse(environment))
    .use(addResponseHeaders())
    .use(setRequestContext(environment, target))
    .use(refusalToResponse())
    .use(limitBody(target))
    .use(authenticateCaller(environment))
    .use(negotiateVersion())
    .use(runOperation(target, environment))
    .handler(async () => ({}));
  return async (event, context) =>
    (await serve(event, context, noEarlyTimeout)) ?? toResult({ status: 500 });
}

/**
 * Runs the operation, as the innermost middleware, because middy's base handler does not get the
 * invocation's state.
 */
const runOperation = (target: Routable, environment: Environment): Middleware => ({
  async after(request) {
    const { event, internal } = request;
    const { dialect, requestContext, caller } = internal;
    const path = dialect.hasLenientPaths
      ? normalizeParameters(event)
      : (event.pathParameters ?? {});
    const accessRefusal = internal.isPublic ? null : dialect.checkAccess(path, caller);
    if (accessRefusal?.kind === "no-such-route") throw new Fault(accessRefusal);
    const json = isRouted(event) && !isRaw(target) ? parseJsonBody(event, dialect) : undefined;
    const operation = "actions" in target ? await findAction(target, json) : target;
    internal.operation = operation.id;
    if (accessRefusal) throw new Fault(accessRefusal);
    const { microversion } = requestContext;
    if (!isInVersion(operation.versions, microversion)) throw new Fault({ kind: "not-in-version" });
    const call = {
      caller,
      project: caller.project?.id ?? "",
      path: path as Record<string, string>,
      query: validateQuery(operation, requestContext, dialect.unknownMembers),
      microversion,
      requestId: internal.requestId,
      headers: event.headers,
      body: validateBody(operation, json, microversion, dialect.unknownMembers),
      bytes: () => bodyBytes(event),
      origin: requestContext.origin,
      now: requestContext.now,
    };
    enforcePolicy(operation, caller);
    // found before the operation runs: nothing happens that cannot be answered
    const view = findView(dialect, operation.answer);
    if (!view) throw new Fault({ kind: "no-such-route" });
    request.response = toResult(view(await operation.run(call, environment), requestContext));
  },
});

/** Nothing here is given up half way; the platform's own time limit ends what takes too long. */
const noEarlyTimeout = { signal: new AbortController().signal };

/** The one operation that the body's one key names (nova/api/openstack/wsgi.py:347). */
async function findAction({ actions }: Actions, json: unknown): Promise<AnyOperation> {
  const [action, ...more] = isRecord(json) ? Object.keys(json) : [];
  if (action === undefined || more.length > 0) throw badRequest("Malformed request body");
  if (!Object.hasOwn(actions, action)) throw new Fault({ kind: "no-such-action", action });
  return (actions[action] as () => Promise<AnyOperation>)();
}

function isInVersion(
  { since = 0, until = Infinity }: Versions = {},
  microversion: number,
): boolean {
  return since <= microversion && microversion <= until;
}

function validateBody(
  { body }: AnyOperation,
  json: unknown,
  microversion: number,
  unknownMembers: "refused" | "dropped",
): unknown {
  const schema = body && schemaAt(body, microversion);
  return schema && validate(schema, json ?? null, { part: "body", unknownMembers });
}

/** Query schemas are about lists of strings: a parameter may come more than once. */
function validateQuery(
  { query: schema }: AnyOperation,
  { query, microversion }: RequestContext,
  unknownMembers: "refused" | "dropped",
): URLSearchParams {
  if (schema) {
    const lists = Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]));
    validate(schemaAt(schema, microversion), lists, { part: "query", unknownMembers });
  }
  return query;
}

/**
 * What a role may is checked before anything is looked up. Tokens for no project open nothing but
 * Keystone, where administrators have those of a domain or the system.
 */
function enforcePolicy({ access, service }: AnyOperation, caller: Caller): void {
  if (typeof access === "string") return;
  if ((!caller.project && service !== "identity") || !hasRole(caller, access.role))
    throw new Fault({ kind: "forbidden", rule: access.rule });
}
