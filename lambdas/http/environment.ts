import type { ConsoleType } from "../compute/model/console-grant.ts";
import type { ConsoleChannel, PageFile, PageFiles, PageKind } from "../console/model/page.ts";
import type { Refusal } from "../core/fault.ts";
import type { Instant } from "../core/instant.ts";
import type { Caller, Claims } from "../identity/model/identity.ts";
import type { Backend } from "../ports/backend.ts";
import type { Credentials, Dialect, Headers } from "./dialect.ts";

/** A summary of an answered request for logs and metrics: nothing that the client sent is in it. */
export interface RequestSummary {
  readonly operation: string;
  /** `req-<uuid>`. */
  readonly requestId: string;
  /** Lambda's id of the invocation. */
  readonly lambdaRequestId: string;
  readonly method: string;
  /** Ids; "" for an unknown caller or no project. */
  readonly user: string;
  readonly project: string;
  readonly status: number;
  /** null for a request that was not refused. */
  readonly refusal: Refusal["kind"] | null;
  /** The error of a bug, or the cause of a refusal. */
  readonly error: unknown;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

/** Everything a Lambda uses from outside. Tests and the local gateway build their own. */
export interface Environment {
  backend(): Backend;
  dialectOf(path: string, headers: Headers): Dialect;
  /** Returns the caller that the credentials belong to; throws `unauthenticated`. */
  authenticate(
    credentials: Credentials | null,
    environment: Environment,
    now: Instant,
  ): Promise<Caller>;
  now(): Instant;
  readonly tokens: Tokens;
  readonly settings: Settings;
  readonly pages: ConsolePages;
  /** Called with each request that has no route, as "GET /path". */
  onNotRouted?(request: string): void;
  /** Called with each answered request. */
  onResponse?(summary: RequestSummary): void;
}

export interface Tokens {
  /** Returns the token's claims, or null for a forged, malformed or expired token. No I/O. */
  verify(token: string, now: Instant): Claims | null;
  issue(claims: Claims): Promise<string>;
}

/** Files of the console pages, made by infra/pages/build.ts. */
export interface ConsolePages {
  filesOf(kind: PageKind): Promise<PageFiles>;
  /** null for an unknown name. */
  file(name: string, canGunzip: boolean): Promise<PageFile | null>;
}

export interface Settings {
  /** The scheme of the service's address, unless a proxy's header names another. */
  readonly scheme: "http" | "https";
  readonly region: string;
  /** Deleted servers can be restored until they are force-deleted: Nova's reclaim_instance_interval. */
  readonly softDelete: boolean;
  readonly consoles: ConsoleSettings;
  readonly consoleTokenTtlMs: number;
  readonly consoleChannel: ConsoleChannel;
  /** Origins that may frame a console page: CSP's `frame-ancestors`. */
  readonly consoleFrameAncestors: string;
}

export interface ConsoleSettings {
  /** The origin of consoles; null for the origin of the request. */
  readonly origin: string | null;
  /** Bases of console types elsewhere: URLs, or paths from the origin. */
  readonly bases: Readonly<Partial<Record<ConsoleType, string>>>;
}
