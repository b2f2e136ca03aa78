import type { FromSchema, JSONSchema } from "json-schema-to-ts";
import type { Instant } from "../core/instant.ts";
import type { Caller, Role } from "../identity/model/identity.ts";
import type { Environment } from "./environment.ts";
import type { Responses } from "./responses.ts";
import type { Schema } from "./schema.ts";

/** What of DynamoDB an operation asks for; its role allows that and no more. */
export type DynamoAction =
  | "GetItem"
  | "BatchGetItem"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "Query"
  | "Scan"
  | "BatchWriteItem";

/** Open to all; to whoever has credentials; or to a role, by the name Nova's policy has for it. */
export type Access = "public" | "authenticated" | { readonly rule: string; readonly role: Role };

/** Names of the services; `services.ts` has their mounts and dialects. */
export type Service = "compute" | "identity" | "image" | "network" | "volume" | "console" | "root";

/** The microversions that have an operation, by the N of 2.N; all where it does not say. */
export interface Versions {
  readonly since?: number;
  readonly until?: number;
}

export interface Operation<Parameter extends string, Body, Answer extends keyof Responses> {
  /** `<top folder>/<file name>`: the name in logs and metrics. */
  readonly id: string;
  readonly service: Service;
  readonly route: string;
  /** The member of the body that selects it, where operations share a route. */
  readonly action?: string;
  /** "own": a function for itself. Another name: shared by all that have it. Absent: the service's group. */
  readonly function?: string;
  readonly access: Access;
  readonly versions?: Versions;
  /** DynamoDB calls besides those of authentication; the function's role allows just these. */
  readonly dynamoCalls: readonly DynamoAction[];
  /** Holds the private key that tokens are signed with. */
  readonly signsTokens?: true;
  readonly answer: Answer;
  readonly body?: Schema | undefined;
  readonly query?: Schema;
  /** The body is bytes of any kind, and as many as the platform takes; `bytes` of the call has them. */
  readonly raw?: true;
  run(call: Call<Parameter, Body>, environment: Environment): Promise<Responses[Answer]>;
}

export interface Call<Parameter extends string, Body> {
  readonly caller: Caller;
  /** The caller's project; "" for callers of operations open to those without one. */
  readonly project: string;
  readonly path: Readonly<Record<Parameter, string>>;
  readonly query: URLSearchParams;
  /** The N of the 2.N that was negotiated; 1 where nothing is. */
  readonly microversion: number;
  /** `req-<uuid>`, as the answer names it. */
  readonly requestId: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Body;
  /** The body as it came. */
  bytes(): Uint8Array;
  readonly origin: string;
  readonly now: Instant;
}

type ParameterOf<Route extends string> = Route extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** An operation as the machinery that can serve any of them sees it. */
export type AnyOperation = Operation<string, unknown, keyof Responses>;

/** The part of a declaration that the register reads from its text. */
export interface OperationHeader
  extends Pick<AnyOperation, "id" | "service" | "route" | "action" | "function" | "signsTokens"> {
  readonly dynamoCalls: readonly DynamoAction[];
  readonly isPublic: boolean;
}

/** Operations of one route: the body's only member names the action. */
export interface Actions {
  readonly id: string;
  readonly route: string;
  readonly actions: Readonly<Record<string, () => Promise<AnyOperation>>>;
}

export type Routable = AnyOperation | Actions;

export const isRaw = (target: Routable): boolean => "raw" in target && target.raw === true;

type BodyOf<S> = S extends JSONSchema ? FromSchema<S> : undefined;

/** Declares an operation: the route names its path parameters, the schema types its body. */
export const operation = <
  const Route extends string,
  Answer extends keyof Responses,
  const S extends Schema | undefined = undefined,
>(
  declared: Omit<Operation<ParameterOf<Route>, BodyOf<S>, Answer>, "body"> & {
    readonly route: Route;
    readonly body?: S;
  },
) => declared;
