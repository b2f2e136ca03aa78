import type { Action } from "./lifecycle.ts";
import type { Shortage } from "./quota.ts";

/** Every way the service can refuse. Each dialect decides how a refusal is spoken. */
export type Refusal =
  | { readonly kind: "unauthenticated" }
  /** The credentials are good, the role is not enough; `rule` is Nova's policy name. */
  | { readonly kind: "forbidden"; readonly rule: string }
  | { readonly kind: "forbidden-account" }
  | { readonly kind: "wrong-project"; readonly asked: string; readonly own: string }
  | { readonly kind: "no-such-route" }
  | { readonly kind: "wrong-method"; readonly allowed: readonly string[] }
  | { readonly kind: "bad-version"; readonly asked: string }
  | {
      readonly kind: "version-out-of-range";
      readonly asked: string;
      readonly least: string;
      readonly most: string;
    }
  | { readonly kind: "too-large"; readonly limit: number }
  | { readonly kind: "unsupported-media" }
  /** The request says something that cannot be; `reason` is Nova's own sentence. */
  | { readonly kind: "malformed"; readonly reason: string }
  /** A body or query that its schema refuses; `reason` is what Python's jsonschema says. */
  | {
      readonly kind: "invalid";
      readonly part: "body" | "query";
      /** The last step of the way to the value; null for the whole. */
      readonly field: string | null;
      readonly value: unknown;
      readonly reason: string;
    }
  | { readonly kind: "no-such-action"; readonly action: string }
  | { readonly kind: "no-such"; readonly what: Thing; readonly id: string }
  /** There is one of that name already. */
  | { readonly kind: "taken"; readonly what: "keypair"; readonly id: string }
  | {
      readonly kind: "wrong-state";
      readonly id: string;
      readonly action: Action | "console";
      readonly attribute: "vm_state" | "task_state";
      readonly state: string;
    }
  | { readonly kind: "not-ready"; readonly id: string }
  | { readonly kind: "over-quota"; readonly shortages: readonly Shortage[] }
  /** A limit on one request, not on the project's sum. */
  | { readonly kind: "over-limit"; readonly reason: string }
  | { readonly kind: "raced" }
  /** DynamoDB is throttling, slow or gone. */
  | { readonly kind: "unavailable" }
  | { readonly kind: "broken" };

export type Thing =
  | "server"
  | "cell-mapping"
  | "flavor"
  | "image"
  | "keypair"
  | "token"
  | "console";

/** Seconds a client is asked to wait before it tries an unavailable service again. */
export const retryAfter = 1;

/** The one error thrown on purpose. Anything else reaching the edge is a bug, and is a 500. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.kind, options);
    this.refusal = refusal;
  }
}

/** For what the client got wrong, in Nova's own sentence. */
export const malformed = (reason: string): Fault => new Fault({ kind: "malformed", reason });
