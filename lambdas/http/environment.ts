import type { ConsoleType } from "../compute/model/console-grant.ts";
import type { ConsoleChannel, PageFile, PageFiles, PageKind } from "../console/model/page.ts";
import type { Refusal } from "../core/fault.ts";
import type { Instant } from "../core/instant.ts";
import type { Caller, Claims } from "../identity/model/identity.ts";
import type { Backend } from "../ports/backend.ts";
import type { Credentials, Dialect, Headers } from "./dialect.ts";

/** What there is to tell of a request that has been answered: nothing that it brought along. */
export interface RequestSummary {
  readonly operation: string;
  /** `req-<uuid>`, as the answer names it. */
  readonly requestId: string;
  /** Lambda's own name for it. */
  readonly lambdaRequestId: string;
  readonly method: string;
  /** Ids; "" where nobody was known, or for no project. */
  readonly user: string;
  readonly project: string;
  readonly status: number;
  /** null for what was not refused. */
  readonly refusal: Refusal["kind"] | null;
  /** A bug, or what a refusal was made of. */
  readonly error: unknown;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

/** What a Lambda finds around it. Tests and the local gateway make worlds of their own. */
export interface Environment {
  backend(): Backend;
  dialectOf(path: string, headers: Headers): Dialect;
  /** The caller that the credentials belong to; throws `unauthenticated`. */
  authenticate(
    credentials: Credentials | null,
    environment: Environment,
    now: Instant,
  ): Promise<Caller>;
  now(): Instant;
  readonly tokens: Tokens;
  readonly settings: Settings;
  readonly pages: ConsolePages;
  /** Told of each request that no route takes, as "GET /path": something a client may be missing. */
  onNotRouted?(request: string): void;
  /** Told of each request, once it has been answered. */
  onResponse?(summary: RequestSummary): void;
}

export interface Tokens {
  /** What the token says, or null where it is forged, broken or has run out. Asks nobody. */
  verify(token: string, now: Instant): Claims | null;
  issue(claims: Claims): Promise<string>;
}

/** The files of the consoles' pages, which are made by infra/pages/build.ts. */
export interface ConsolePages {
  filesOf(kind: PageKind): Promise<PageFiles>;
  /** null where there is none of that name. */
  file(name: string, canGunzip: boolean): Promise<PageFile | null>;
}

export interface Settings {
  /** How clients reach the service, unless a proxy in front of it says otherwise. */
  readonly scheme: "http" | "https";
  readonly region: string;
  /** A server that is deleted can be restored until that is forced: Nova's reclaim_instance_interval. */
  readonly softDelete: boolean;
  readonly consoles: ConsoleSettings;
  /** Milliseconds that a console's token is good for. */
  readonly consoleTokenTtlMs: number;
  readonly consoleChannel: ConsoleChannel;
  /** Whose pages may have a console's in a frame, as CSP's `frame-ancestors` says it. */
  readonly consoleFrameAncestors: string;
}

export interface ConsoleSettings {
  /** Where they are; null for where the request came in. */
  readonly origin: string | null;
  /** Those that are elsewhere, by type: addresses in full, or paths from the origin. */
  readonly bases: Readonly<Partial<Record<ConsoleType, string>>>;
}
