import { randomUUID } from "node:crypto";
import type { MiddlewareObj } from "@middy/core";
import { Fault, type Refusal } from "../core/fault.ts";
import { dumps } from "../core/python-json.ts";
import { anonymous } from "../identity/model/identity.ts";
import { consoleBases } from "./console-bases.ts";
import type { Reply } from "./dialect.ts";
import type { World } from "./environment.ts";
import type { Event, Result, Serving } from "./handler.ts";
import { isRaw, type Target } from "./operation.ts";
import { bytesOf, isRouted, largestBody, originOf } from "./request.ts";

type Middleware = MiddlewareObj<Event, Result, Error, Serving>;

export function written({ status, headers, body }: Reply): Result {
  if (body === undefined) return { statusCode: status, headers: { ...headers } };
  if (body instanceof Uint8Array)
    return {
      statusCode: status,
      headers: { "content-type": "application/octet-stream", ...headers },
      body: Buffer.from(body).toString("base64"),
      isBase64Encoded: true,
    };
  return {
    statusCode: status,
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : dumps(body),
  };
}

/** Tells the world of every answer, the last of all: there is no more to come to it. */
export function telling(world: World): Middleware {
  const tell: NonNullable<Middleware["after"]> = ({ event, context, response, error }) => {
    const { operation, requestId, caller, spoken } = context.serving;
    const refused = error instanceof Fault;
    world.answered?.({
      operation,
      requestId,
      invocation: context.awsRequestId,
      method: event.requestContext.http.method,
      user: caller.user.id,
      project: caller.project?.id ?? "",
      status: Number(response?.statusCode ?? 500),
      refusal: refused ? error.refusal.kind : null,
      error: refused ? error.cause : error,
      began: spoken.now,
      ended: world.now(),
    });
  };
  return { after: tell, onError: tell };
}

/** Every answer names its request, its server, and the version that was negotiated. */
export function naming(): Middleware {
  const stamp: NonNullable<Middleware["after"]> = ({ response, context: { serving } }) => {
    if (!response) return;
    const id = serving.requestId;
    response.headers = {
      ...response.headers,
      server: "Novaless",
      ...Object.fromEntries(serving.dialect.requestIds.map((name) => [name, id])),
      ...(serving.version !== undefined && serving.dialect.stamp?.(serving.version)),
    };
  };
  return { after: stamp, onError: stamp };
}

/** Works out who is spoken to and from where, and reads the clock: once a request. */
export function speaking(world: World, target: Target): Middleware {
  const suffix = target.route.replace(/^\S+ /, "").split("/").length - 1;
  return {
    before({ event, context }) {
      const { rawPath, rawQueryString, headers } = event;
      const steps = rawPath.replace(/\/$/, "").split("/");
      const door = steps.slice(0, steps.length - suffix).join("/");
      const origin = originOf(event, world.settings);
      context.serving = {
        operation: target.id,
        requestId: `req-${randomUUID()}`,
        dialect: world.dialectOf(rawPath, headers),
        public: "access" in target && target.access === "public",
        caller: anonymous,
        spoken: {
          now: world.now(),
          caller: null,
          origin,
          door,
          unversionedDoor: door.replace(/^\/v2(\.1)?(?=\/|$)/, ""),
          path: rawPath,
          accept: headers["accept"] ?? "",
          microversion: 1,
          query: new URLSearchParams(rawQueryString),
          consoles: consoleBases(world.settings.consoles, origin),
          region: world.settings.region,
        },
      };
    },
  };
}

/** Turns a Fault into the dialect's words for it, and anything else into a 500. */
export const refusing = (): Middleware => ({
  onError(request) {
    const { error, context } = request;
    const { dialect, spoken } = context.serving;
    const refusal: Refusal = error instanceof Fault ? error.refusal : { kind: "broken" };
    if (refusal.kind === "no-such-route") delete context.serving.version;
    request.response = written(dialect.refuse(refusal, spoken));
  },
});

export const sizing = (target: Target): Middleware => ({
  before({ event }) {
    if (!isRaw(target) && bytesOf(event).length > largestBody)
      throw new Fault({ kind: "too-large", limit: largestBody });
  },
});

export const authenticating = (world: World): Middleware => ({
  async before({ event, context: { serving } }) {
    if (serving.public) return;
    const { dialect, spoken } = serving;
    const caller = await world.authenticate(dialect.credentials(event.headers), world, spoken.now);
    serving.caller = caller;
    serving.spoken = { ...spoken, caller };
  },
});

export const negotiating = (): Middleware => ({
  before({ event, context: { serving } }) {
    const { negotiate } = serving.dialect;
    if (!negotiate || !isRouted(event)) return;
    try {
      serving.version = negotiate(event.headers);
      serving.spoken = { ...serving.spoken, microversion: Number(serving.version.split(".")[1]) };
    } catch (cause) {
      // a version that is out of range is told back as it was asked (E-28)
      if (cause instanceof Fault && cause.refusal.kind === "version-out-of-range")
        serving.version = cause.refusal.asked;
      throw cause;
    }
  },
});
