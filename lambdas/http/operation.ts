import type { FromSchema, JSONSchema } from "json-schema-to-ts";
import type { Instant } from "../core/instant.ts";
import type { Caller, Role } from "../identity/model/identity.ts";
import type { Environment } from "./environment.ts";
import type { Responses } from "./responses.ts";
import type { Schema } from "./schema.ts";

/** DynamoDB calls; a function's role allows only those that its operations declare. */
export type DynamoAction =
  | "GetItem"
  | "BatchGetItem"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "Query"
  | "Scan"
  | "BatchWriteItem";

/** The required role and the name of Nova's policy; or everyone, or every authenticated caller. */
export type Access = "public" | "authenticated" | RequiredRole;

export interface RequiredRole {
  readonly rule: string;
  readonly role: Role;
  /** The message of a refusal, where the service does not name the rule. */
  refusal?(path: Readonly<Record<string, string | undefined>>): string;
}

/** Names of the services; `services.ts` has their mounts and dialects. */
export type Service = "compute" | "identity" | "image" | "network" | "volume" | "console" | "root";

/** Microversions of an operation: N of 2.N, inclusive. Absent: all. */
export interface Versions {
  readonly since?: number;
  readonly until?: number;
}

export interface Operation<Parameter extends string, Body, Answer extends keyof Responses> {
  /** `<top folder>/<file name>`: the name in logs and metrics. */
  readonly id: string;
  readonly service: Service;
  readonly route: string;
  /** The body member that selects the operation among those of its route. */
  readonly action?: string;
  /**
   * "own": a function of its own. Another name: a function shared by all operations with that name.
   * Absent: the service's group.
   */
  readonly function?: string;
  /** The row of the life-cycle table that the action begins, where it always is the same. */
  readonly begins?: string | undefined;
  readonly access: Access;
  readonly versions?: Versions;
  /** DynamoDB calls besides those of authentication. */
  readonly dynamoCalls: readonly DynamoAction[];
  /** Needs the private key that signs tokens. */
  readonly signsTokens?: true;
  readonly answer: Answer;
  readonly body?: Schema | undefined;
  readonly query?: Schema;
  /** The body is any bytes, up to the platform's limit; `bytes` of the call reads them. */
  readonly raw?: true;
  run(
    call: Call<Parameter, Body>,
    environment: Environment,
    declared: { readonly begins?: string | undefined },
  ): Promise<Responses[Answer]>;
}

export interface Call<Parameter extends string, Body> {
  readonly caller: Caller;
  /** The caller's project; "" for a caller without one. */
  readonly project: string;
  readonly path: Readonly<Record<Parameter, string>>;
  readonly query: URLSearchParams;
  /** N of the negotiated 2.N; 1 without microversions. */
  readonly microversion: number;
  /** `req-<uuid>`. */
  readonly requestId: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Body;
  /** The body's bytes. */
  bytes(): Uint8Array;
  readonly origin: string;
  readonly now: Instant;
}

type ParameterOf<Route extends string> = Route extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** An operation with its type parameters erased. */
export type AnyOperation = Operation<string, unknown, keyof Responses>;

/** The literal fields of a declaration, which the register reads from its text. */
export interface OperationHeader
  extends Pick<
    AnyOperation,
    "id" | "service" | "route" | "action" | "function" | "begins" | "signsTokens"
  > {
  readonly dynamoCalls: readonly DynamoAction[];
  readonly isPublic: boolean;
}

/** Operations of one route, keyed by the body's only member. */
export interface Actions {
  readonly id: string;
  readonly route: string;
  readonly actions: Readonly<Record<string, () => Promise<AnyOperation>>>;
}

export type Routable = AnyOperation | Actions;

export const isRaw = (target: Routable): boolean => "raw" in target && target.raw === true;

type BodyOf<S> = S extends JSONSchema ? FromSchema<S> : undefined;

/** Declares an operation: the route types the path parameters, the schema types the body. */
export const operation = <
  const Route extends string,
  Answer extends keyof Responses,
  const S extends Schema | undefined = undefined,
  const Begins extends string | undefined = undefined,
>(
  declared: Omit<Operation<ParameterOf<Route>, BodyOf<S>, Answer>, "body" | "begins" | "run"> & {
    readonly route: Route;
    readonly body?: S;
    readonly begins?: Begins;
    readonly run: (
      call: Call<ParameterOf<Route>, BodyOf<S>>,
      environment: Environment,
      declared: { readonly begins: Begins },
    ) => Promise<Responses[Answer]>;
  },
) => declared;
