import { randomUUID } from "node:crypto";
import type { MiddlewareObj } from "@middy/core";
import { Fault, type Refusal } from "../core/fault.ts";
import { dumps } from "../core/python-json.ts";
import { anonymousCaller } from "../identity/model/identity.ts";
import { consoleBases } from "./console-bases.ts";
import type { HttpResponse } from "./dialect.ts";
import type { Environment } from "./environment.ts";
import type { Event, Result, Invocation } from "./handler.ts";
import { isRaw, type Routable } from "./operation.ts";
import { bodyBytes, isRouted, maxBodyBytes, requestOrigin } from "./request.ts";

type Middleware = MiddlewareObj<Event, Result, Error, Invocation>;

export function toResult({ status, headers, body }: HttpResponse): Result {
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
export function reportResponse(environment: Environment): Middleware {
  const report: NonNullable<Middleware["after"]> = ({ event, context, response, error }) => {
    const { operation, requestId, caller, spoken: requestContext } = context.serving;
    const isRefused = error instanceof Fault;
    environment.onResponse?.({
      operation,
      requestId,
      lambdaRequestId: context.awsRequestId,
      method: event.requestContext.http.method,
      user: caller.user.id,
      project: caller.project?.id ?? "",
      status: Number(response?.statusCode ?? 500),
      refusal: isRefused ? error.refusal.kind : null,
      error: isRefused ? error.cause : error,
      startedAt: requestContext.now,
      endedAt: environment.now(),
    });
  };
  return { after: report, onError: report };
}

/** Every answer names its request, its server, and the version that was negotiated. */
export function addResponseHeaders(): Middleware {
  const setHeaders: NonNullable<Middleware["after"]> = ({ response, context: { serving } }) => {
    if (!response) return;
    const id = serving.requestId;
    response.headers = {
      ...response.headers,
      server: "Novaless",
      ...Object.fromEntries(serving.dialect.requestIds.map((name) => [name, id])),
      ...(serving.version !== undefined && serving.dialect.stamp?.(serving.version)),
    };
  };
  return { after: setHeaders, onError: setHeaders };
}

/** Works out who is spoken to and from where, and reads the clock: once a request. */
export function setRequestContext(environment: Environment, target: Routable): Middleware {
  const routeSegments = target.route.replace(/^\S+ /, "").split("/").length - 1;
  return {
    before({ event, context }) {
      const { rawPath, rawQueryString, headers } = event;
      const segments = rawPath.replace(/\/$/, "").split("/");
      const mountPath = segments.slice(0, segments.length - routeSegments).join("/");
      const origin = requestOrigin(event, environment.settings);
      context.serving = {
        operation: target.id,
        requestId: `req-${randomUUID()}`,
        dialect: environment.dialectOf(rawPath, headers),
        public: "access" in target && target.access === "public",
        caller: anonymousCaller,
        spoken: {
          now: environment.now(),
          caller: null,
          origin,
          door: mountPath,
          unversionedDoor: mountPath.replace(/^\/v2(\.1)?(?=\/|$)/, ""),
          path: rawPath,
          accept: headers["accept"] ?? "",
          microversion: 1,
          query: new URLSearchParams(rawQueryString),
          consoles: consoleBases(environment.settings.consoles, origin),
          region: environment.settings.region,
        },
      };
    },
  };
}

/** Turns a Fault into the dialect's words for it, and anything else into a 500. */
export const refusalToResponse = (): Middleware => ({
  onError(request) {
    const { error, context } = request;
    const { dialect, spoken: requestContext } = context.serving;
    const refusal: Refusal = error instanceof Fault ? error.refusal : { kind: "broken" };
    if (refusal.kind === "no-such-route") delete context.serving.version;
    request.response = toResult(dialect.refuse(refusal, requestContext));
  },
});

export const limitBody = (target: Routable): Middleware => ({
  before({ event }) {
    if (!isRaw(target) && bodyBytes(event).length > maxBodyBytes)
      throw new Fault({ kind: "too-large", limit: maxBodyBytes });
  },
});

export const authenticateCaller = (environment: Environment): Middleware => ({
  async before({ event, context: { serving } }) {
    if (serving.public) return;
    const { dialect, spoken: requestContext } = serving;
    const caller = await environment.authenticate(dialect.credentials(event.headers), environment, requestContext.now);
    serving.caller = caller;
    serving.spoken = { ...requestContext, caller };
  },
});

export const negotiateVersion = (): Middleware => ({
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
