import type { FromSchema, JSONSchema } from "json-schema-to-ts";
import type { Instant } from "../core/instant.ts";
import type { Caller, Role } from "../identity/model/identity.ts";
import type { Service } from "../services.ts";
import type { World } from "./environment.ts";
import type { Answers } from "./responses.ts";
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

/** The microversions that have an operation, by the N of 2.N; all where it does not say. */
export interface Versions {
  readonly since?: number;
  readonly until?: number;
}

export interface Operation<Parameter extends string, Body, Answer extends keyof Answers> {
  /** Where it lives under lambdas/, and so what it is called everywhere else. */
  readonly id: string;
  readonly service: Service;
  readonly route: string;
  /** The member of the body that selects it, where operations share a route. */
  readonly action?: string;
  readonly access: Access;
  readonly versions?: Versions;
  /** Besides what authentication asks for. */
  readonly dynamoCalls: readonly DynamoAction[];
  /** Holds the private key that tokens are signed with. */
  readonly signsTokens?: true;
  readonly answer: Answer;
  readonly body?: Schema | undefined;
  readonly query?: Schema;
  /** The body is bytes of any kind, and as many as the platform takes; `bytes` of the call has them. */
  readonly raw?: true;
  run(call: Call<Parameter, Body>, world: World): Promise<Answers[Answer]>;
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
export type AnyOperation = Operation<string, unknown, keyof Answers>;

/** The operations of one route whose name is in the body, where API Gateway cannot look. */
export interface Actions {
  /** The function's, as an operation has its own. */
  readonly id: string;
  readonly route: string;
  readonly actions: Readonly<Record<string, () => Promise<AnyOperation>>>;
}

/**
 * Operations that share a function, since few ask for them and an HTTP API takes only so many routes:
 * it is given every path under its doors that no function has for itself (docs/decisions/0008).
 */
export interface Annex {
  readonly id: string;
  readonly doors: readonly string[];
  /** By their routes; each is a chunk of its own, loaded when it is first asked for. */
  readonly operations: Readonly<Record<string, () => Promise<AnyOperation>>>;
  /**
   * The routes under the same doors that have functions of their own, for those who spell them with a
   * slash at the end; null where that would need more than this function may.
   */
  readonly beside?: Readonly<Record<string, (() => Promise<AnyOperation>) | null>>;
}

export type Target = AnyOperation | Actions;

export const isRaw = (target: Target): boolean => "raw" in target && target.raw === true;

type BodyOf<S> = S extends JSONSchema ? FromSchema<S> : undefined;

/** Declares an operation: the route names its path parameters, the schema types its body. */
export const operation = <
  const Route extends string,
  Answer extends keyof Answers,
  const S extends Schema | undefined = undefined,
>(
  declared: Omit<Operation<ParameterOf<Route>, BodyOf<S>, Answer>, "body"> & {
    readonly route: Route;
    readonly body?: S;
  },
) => declared;
