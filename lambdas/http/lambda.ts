import middy from "@middy/core";
import { viewOf } from "../dialects/dialect.ts";
import { Fault, malformed } from "../domain/fault.ts";
import { type Caller, holds } from "../domain/identity.ts";
import { deployed } from "./deployed.ts";
import {
  authenticating,
  naming,
  negotiating,
  refusing,
  sizing,
  speaking,
  written,
} from "./middleware.ts";
import type { Actions, AnyOperation, Target } from "./operation.ts";
import { isRouted, jsonOf, plainParameters } from "./request.ts";
import type { Event, Handler, Result, Serving } from "./serving.ts";
import { isRecord, validated } from "./validation.ts";
import type { World } from "./world.ts";

/**
 * The Lambda of an operation, or of the actions that share a route. What happens before the handler
 * is in Nova's order: too large, who, version, then the body (facts/edges.md E-01).
 */
export function lambda(target: Target, world: World = deployed): Handler {
  const serve = middy<Event, Result, Error, Serving>()
    .use(naming())
    .use(speaking(world, target))
    .use(refusing())
    .use(sizing())
    .use(authenticating(world))
    .use(negotiating())
    .handler(async (event, { serving }) => {
      const { dialect, spoken, caller } = serving;
      const path = dialect.lenientPaths ? plainParameters(event) : (event.pathParameters ?? {});
      const objection = serving.public ? null : dialect.objection(path, caller);
      if (objection?.kind === "no-such-route") throw new Fault(objection);
      const json = isRouted(event) ? jsonOf(event, dialect) : undefined;
      const operation = "actions" in target ? await named(target, json) : target;
      if (objection) throw new Fault(objection);
      const call = {
        caller,
        project: caller.project?.id ?? "",
        path: path as Record<string, string>,
        query: queried(operation, spoken.query, dialect.unknown),
        headers: event.headers,
        body: bodyOf(operation, json, dialect.unknown),
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

function bodyOf({ body }: AnyOperation, json: unknown, unknown: "refused" | "dropped"): unknown {
  return body && validated(body, json ?? null, { part: "body", unknown });
}

/** Query schemas are about lists of strings: a parameter may come more than once. */
function queried(
  { query }: AnyOperation,
  given: URLSearchParams,
  unknown: "refused" | "dropped",
): URLSearchParams {
  if (query) {
    const lists = Object.fromEntries([...given.keys()].map((name) => [name, given.getAll(name)]));
    validated(query, lists, { part: "query", unknown });
  }
  return given;
}

function permit({ access }: AnyOperation, caller: Caller): void {
  if (typeof access === "string") return;
  if (!caller.project || !holds(caller, access.role))
    throw new Fault({ kind: "forbidden", rule: access.rule });
}
