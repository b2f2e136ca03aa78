import type { ConsoleBases } from "../compute/model/console-grant.ts";
import type { Refusal } from "../core/fault.ts";
import type { Instant } from "../core/instant.ts";
import type { Caller } from "../identity/model/identity.ts";
import type { Responses } from "./responses.ts";

export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes go out as they are, anything else as Python's JSON; nothing is an empty body. */
  readonly body?: unknown;
}

export type Headers = Readonly<Record<string, string | undefined>>;

export type Credentials =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "password"; readonly user: string; readonly password: string };

/** What a dialect may know of the request it answers. */
export interface RequestContext {
  readonly now: Instant;
  readonly caller: Caller | null;
  /** `scheme://host[:port]` as the client sees it; links follow it (S4-52). */
  readonly origin: string;
  /** The part of the path before the resource: "/v2.1", "/v2/{project}", … filled in. */
  readonly mountPath: string;
  /** The same without the version: "", "/{project}", … filled in. */
  readonly unversionedMountPath: string;
  readonly path: string;
  /** The kinds of document the client takes, as its header has them. */
  readonly accept: string;
  /** The N of the 2.N that was negotiated; 1 where nothing is. */
  readonly microversion: number;
  readonly query: URLSearchParams;
  readonly consoles: ConsoleBases;
  /** Of the cloud, as catalogs name it. */
  readonly region: string;
}

/** How one family of clients is understood and spoken to. */
export interface Dialect {
  readonly name: string;
  /** What the request shows of who sends it; null where it shows nothing. */
  credentials(headers: Headers): Credentials | null;
  /** The microversion to speak, from what was asked; dialects without them leave it out. */
  negotiate?(headers: Headers): string;
  /** What the version adds to every answer. */
  versionHeaders?(version: string): Readonly<Record<string, string>>;
  /** Why this caller may not come in by this door, if so. */
  checkAccess(path: Headers, caller: Caller): Refusal | null;
  /** The content types a body may come in. */
  readonly contentTypes: RegExp;
  /** Members of a body that no schema names. */
  readonly unknownMembers: "refused" | "dropped";
  /** Makes a body of this dialect's own shape into Nova's. */
  toNovaBody?(body: unknown): unknown;
  /** Whether a path with a slash at its end, or ".json", is the path without. */
  readonly hasLenientPaths: boolean;
  /** The headers in which each answer names its request. */
  readonly requestIdHeaders: readonly string[];
  readonly views: Partial<Views<keyof Responses>>;
  /** The parameters of a path that was once served by this method, and is no more; null for others. */
  findRemovedRoute?(method: string, path: string): Headers | null;
  refuse(refusal: Refusal, context: RequestContext): HttpResponse;
}

export type Views<Name extends keyof Responses> = {
  readonly [A in Name]: (answer: Responses[A], context: RequestContext) => HttpResponse;
};

/** Lets a dialect give one speech per kind of refusal, and fails to compile while one is missing. */
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

/** How the dialect writes such an answer; undefined where it has no words for one. */
export const findView = <A extends keyof Responses>(dialect: Dialect, kind: A) =>
  dialect.views[kind] as
    | ((answer: Responses[A], context: RequestContext) => HttpResponse)
    | undefined;

/** What a client of Keystone shows. */
export const tokenFromHeaders = (headers: Headers): Credentials | null => {
  const token = headers["x-auth-token"];
  return token ? { kind: "token", token } : null;
};

/** What OpenStack takes for JSON; the comparison is case-sensitive (facts: faults §3.1, 415). */
export const jsonContentTypes =
  /^(application\/json|application\/vnd\.openstack\.compute\+json|text\/plain)?$/;

/** How the services beside Nova are come by: with a token, by lenient paths, in lax bodies. */
export const tokenServiceDefaults = {
  credentials: tokenFromHeaders,
  checkAccess: () => null,
  contentTypes: jsonContentTypes,
  unknownMembers: "dropped",
  hasLenientPaths: true,
} as const satisfies Partial<Dialect>;
