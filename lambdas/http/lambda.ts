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
import {
  assertWellFormed,
  bodyBytes,
  isRouted,
  normalizeParameters,
  parseJsonBody,
} from "./request.ts";
import { schemaAt } from "./schema.ts";
import { isRecord, validate } from "./validation.ts";

/**
 * The Lambda of an operation, or of the actions of one route. It checks in Nova's order: size,
 * credentials, version, body (E-01).
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
 * Runs the operation as the innermost middleware, because middy's base handler does not receive the
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
    if (json !== undefined) assertWellFormed(event, json);
    enforcePolicy(operation, caller, path);
    // checked before the operation runs, so that a request without a response changes nothing
    const view = findView(dialect, operation.answer);
    if (!view) throw new Fault({ kind: "no-such-route" });
    request.response = toResult(
      view(await operation.run(call, environment, operation), requestContext),
    );
  },
});

/** Disables middy's early timeout: only the platform's limit ends an invocation. */
const noEarlyTimeout = { signal: new AbortController().signal };

/** Finds the operation that the body's only member names (nova/api/openstack/wsgi.py:347). */
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

/** Query schemas validate lists of strings: a parameter may repeat. */
function validateQuery(
  { query: schema }: AnyOperation,
  { query, microversion }: RequestContext,
  unknownMembers: "refused" | "dropped",
): URLSearchParams {
  if (schema) {
    const lists: Record<string, string[]> = Object.create(null);
    for (const [name, value] of query) {
      lists[name] ??= [];
      lists[name].push(value);
    }
    validate(schemaAt(schema, microversion), lists, { part: "query", unknownMembers });
  }
  return query;
}

/**
 * Checks the role before any read. Of operations with a rule, a token without a project opens
 * Keystone's only: administrators have tokens of a domain or the system there.
 */
function enforcePolicy(
  { access, service }: AnyOperation,
  caller: Caller,
  path: Readonly<Record<string, string | undefined>>,
): void {
  if (typeof access === "string") return;
  if ((caller.project || service === "identity") && hasRole(caller, access.role)) return;
  const reason = access.refusal?.(path);
  throw new Fault(
    reason === undefined ? { kind: "forbidden", rule: access.rule } : { kind: "denied", reason },
  );
}
