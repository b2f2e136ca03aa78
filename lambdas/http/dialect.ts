import type { ConsoleBases } from "../compute/model/console-grant.ts";
import type { Refusal } from "../core/fault.ts";
import type { Instant } from "../core/instant.ts";
import type { Caller } from "../identity/model/identity.ts";
import type { Responses } from "./responses.ts";

export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent unchanged, other values as Python's JSON. undefined is an empty body. */
  readonly body?: unknown;
}

export type Headers = Readonly<Record<string, string | undefined>>;

export type Credentials =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "password"; readonly user: string; readonly password: string };

/** The part of a request that a dialect may use for its response. */
export interface RequestContext {
  readonly now: Instant;
  readonly caller: Caller | null;
  /** `scheme://host[:port]` as the client sees it; links use it (S4-52). */
  readonly origin: string;
  /** The path before the resource, parameters filled in: "/v2.1", "/v2/<project>". */
  readonly mountPath: string;
  /** The same without the version: "", "/<project>". */
  readonly unversionedMountPath: string;
  readonly path: string;
  /** The Accept header. */
  readonly accept: string;
  /** N of the negotiated 2.N; 1 without microversions. */
  readonly microversion: number;
  readonly query: URLSearchParams;
  readonly consoles: ConsoleBases;
  /** The region's name in catalogs. */
  readonly region: string;
}

/** How one family of clients is parsed and answered. */
export interface Dialect {
  readonly name: string;
  /** The caller's credentials; null where the request has none. */
  credentials(headers: Headers): Credentials | null;
  /** Returns the microversion that the client requests. Absent without microversions. */
  negotiate?(headers: Headers): string;
  /** Headers that name the negotiated version. */
  versionHeaders?(version: string): Readonly<Record<string, string>>;
  /** Why this caller may not use this mount; null where it may. */
  checkAccess(path: Headers, caller: Caller): Refusal | null;
  /** Content types of request bodies. */
  readonly contentTypes: RegExp;
  /** Treatment of body members that the schema does not name. */
  readonly unknownMembers: "refused" | "dropped";
  /** Converts a body of this dialect into Nova's. */
  toNovaBody?(body: unknown): unknown;
  /** A path with a final slash or ".json" means the path without it. */
  readonly hasLenientPaths: boolean;
  /** Response headers that carry the request id. */
  readonly requestIdHeaders: readonly string[];
  readonly views: Partial<Views<keyof Responses>>;
  /** The path parameters of a route that the service removed; null for other routes. */
  findRemovedRoute?(method: string, path: string): Headers | null;
  refuse(refusal: Refusal, context: RequestContext): HttpResponse;
}

export type Views<Name extends keyof Responses> = {
  readonly [A in Name]: (answer: Responses[A], context: RequestContext) => HttpResponse;
};

/** One view for each kind of refusal: a missing one does not compile. */
export type RefusalViews = {
  readonly [K in Refusal["kind"]]: (
    refusal: Extract<Refusal, { kind: K }>,
    context: RequestContext,
  ) => HttpResponse;
};

export const viewRefusal = (
  views: RefusalViews,
  refusal: Refusal,
  context: RequestContext,
): HttpResponse =>
  (views[refusal.kind] as (refusal: Refusal, context: RequestContext) => HttpResponse)(
    refusal,
    context,
  );

/** The dialect's view of a response; undefined where it has none. */
export const findView = <A extends keyof Responses>(dialect: Dialect, kind: A) =>
  dialect.views[kind] as
    | ((answer: Responses[A], context: RequestContext) => HttpResponse)
    | undefined;

/** Reads the token of Keystone's clients. */
export const tokenFromHeaders = (headers: Headers): Credentials | null => {
  const token = headers["x-auth-token"];
  return token ? { kind: "token", token } : null;
};

/** Content types that OpenStack reads as JSON. The comparison is case-sensitive. */
export const jsonContentTypes =
  /^(application\/json|application\/vnd\.openstack\.compute\+json|text\/plain)?$/;

/** Defaults of the services beside Nova: token, lenient paths, unknown members dropped. */
export const tokenServiceDefaults = {
  credentials: tokenFromHeaders,
  checkAccess: () => null,
  contentTypes: jsonContentTypes,
  unknownMembers: "dropped",
  hasLenientPaths: true,
} as const satisfies Partial<Dialect>;
