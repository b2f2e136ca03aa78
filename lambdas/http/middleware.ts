import { randomUUID } from "node:crypto";
import type { MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import { Fault, type Refusal } from "../core/fault.ts";
import { dumps } from "../core/python-json.ts";
import { anonymousCaller } from "../identity/model/identity.ts";
import { consoleBases } from "./console-bases.ts";
import type { HttpResponse } from "./dialect.ts";
import type { Environment } from "./environment.ts";
import type { Event, Invocation, Result } from "./handler.ts";
import { isRaw, type Routable } from "./operation.ts";
import { bodyBytes, isRouted, maxBodyBytes, requestOrigin } from "./request.ts";

export type Middleware = MiddlewareObj<Event, Result, Error, Context, Invocation>;

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

/** Reports each response to the log; registered first, so it runs last. */
export function reportResponse(environment: Environment): Middleware {
  const report: NonNullable<Middleware["after"]> = ({
    event,
    context,
    internal,
    response,
    error,
  }) => {
    const { operation, requestId, caller, requestContext } = internal;
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

/** Adds the headers of request id, server and negotiated version. */
export function addResponseHeaders(): Middleware {
  const setHeaders: NonNullable<Middleware["after"]> = ({ response, internal }) => {
    if (!response) return;
    const id = internal.requestId;
    response.headers = {
      ...response.headers,
      server: "Novaless",
      ...Object.fromEntries(internal.dialect.requestIdHeaders.map((name) => [name, id])),
      ...(internal.version !== undefined && internal.dialect.versionHeaders?.(internal.version)),
    };
  };
  return { after: setHeaders, onError: setHeaders };
}

/** Sets the request context and reads the clock, once per request. */
export function setRequestContext(environment: Environment, target: Routable): Middleware {
  const routeSegments = target.route.replace(/^\S+ /, "").split("/").length - 1;
  return {
    before({ event, internal }) {
      const { rawPath, rawQueryString, headers } = event;
      const segments = rawPath.replace(/\/$/, "").split("/");
      const mountPath = segments.slice(0, segments.length - routeSegments).join("/");
      const origin = requestOrigin(event, environment.settings);
      Object.assign(internal, {
        operation: target.id,
        requestId: `req-${randomUUID()}`,
        dialect: environment.dialectOf(rawPath, headers),
        isPublic: "access" in target && target.access === "public",
        caller: anonymousCaller,
        requestContext: {
          now: environment.now(),
          caller: null,
          origin,
          mountPath,
          unversionedMountPath: mountPath.replace(/^\/v2(\.1)?(?=\/|$)/, ""),
          path: rawPath,
          accept: headers["accept"] ?? "",
          microversion: 1,
          query: new URLSearchParams(rawQueryString),
          consoles: consoleBases(environment.settings.consoles, origin),
          region: environment.settings.region,
        },
      } satisfies Invocation);
    },
  };
}

/** Converts a Fault to the dialect's refusal and other errors to a 500. */
export const refusalToResponse = (): Middleware => ({
  onError(request) {
    const { error, internal } = request;
    const { dialect, requestContext } = internal;
    const refusal: Refusal = error instanceof Fault ? error.refusal : { kind: "broken" };
    if (refusal.kind === "no-such-route") delete internal.version;
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
  async before({ event, internal }) {
    if (internal.isPublic) return;
    const { dialect, requestContext } = internal;
    const caller = await environment.authenticate(
      dialect.credentials(event.headers),
      environment,
      requestContext.now,
    );
    internal.caller = caller;
    internal.requestContext = { ...requestContext, caller };
  },
});

export const negotiateVersion = (): Middleware => ({
  before({ event, internal }) {
    const { negotiate } = internal.dialect;
    if (!negotiate || !isRouted(event)) return;
    try {
      internal.version = negotiate(event.headers);
      internal.requestContext = {
        ...internal.requestContext,
        microversion: Number(internal.version.split(".")[1]),
      };
    } catch (cause) {
      // the refusal repeats the requested version (E-28)
      if (cause instanceof Fault && cause.refusal.kind === "version-out-of-range")
        internal.version = cause.refusal.requested;
      throw cause;
    }
  },
});
