/** Every way the service can refuse. Each dialect decides how a refusal is spoken. */
export type Refusal =
  | { readonly kind: "unauthenticated" }
  /** The credentials are good, the role is not enough; `rule` is Nova's policy name. */
  | { readonly kind: "forbidden"; readonly rule: string }
  | { readonly kind: "forbidden-account" }
  | { readonly kind: "wrong-project"; readonly asked: string; readonly own: string }
  | { readonly kind: "no-such-route" }
  /** There was such a thing once. */
  | { readonly kind: "withdrawn" }
  /** The microversion that was negotiated does not have the operation. */
  | { readonly kind: "not-in-version" }
  | { readonly kind: "wrong-method"; readonly allowed: readonly string[] }
  | { readonly kind: "bad-version"; readonly asked: string }
  | {
      readonly kind: "version-out-of-range";
      readonly asked: string;
      readonly minimum: string;
      readonly maximum: string;
    }
  | { readonly kind: "too-large"; readonly limit: number }
  | { readonly kind: "unsupported-media" }
  /** The request says something that cannot be; `reason` is Nova's own sentence. */
  | ReasonedRefusal<"malformed">
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
  | {
      readonly kind: "no-such";
      readonly what: ResourceKind;
      readonly id: string;
      /** What it would hang on. */
      readonly parentId?: string;
      /** The service's own sentence, where it is not the one it has for all such things. */
      readonly reason?: string;
    }
  /** There is one of that name already. */
  | { readonly kind: "taken"; readonly what: ResourceKind; readonly id: string }
  /** What there is stands against it; `reason` is the service's own sentence. */
  | ReasonedRefusal<"conflict">
  /** It may not be done, whoever asks; `reason` is the service's own sentence. */
  | ReasonedRefusal<"denied">
  | {
      readonly kind: "wrong-state";
      readonly id: string;
      /** Nova's name for the action: `actionVerbs`. */
      readonly verb: string;
      readonly attribute: "vm_state" | "task_state";
      readonly state: string;
    }
  | { readonly kind: "not-ready"; readonly id: string }
  /** It never came up, and what never did cannot. */
  | { readonly kind: "never-launched"; readonly id: string; readonly verb: string }
  | { readonly kind: "over-quota"; readonly shortages: readonly Shortage[] }
  | { readonly kind: "raced" }
  /** DynamoDB is throttling, slow or gone. */
  | { readonly kind: "unavailable" }
  | { readonly kind: "broken" };

interface ReasonedRefusal<Kind extends string> {
  readonly kind: Kind;
  readonly reason: string;
  /** What Neutron calls such an objection: "IpAddressInUse". */
  readonly type?: string;
}

/** A resource whose quota is exhausted. */
export interface Shortage {
  readonly kind: "instances" | "cores" | "ram";
  /** A number, or for servers asked for by the range `least-most`. */
  readonly requested: number | string;
  readonly used: number;
  readonly limit: number;
}

/** What can be asked for and not be there, by its name in the API of its service. */
export type ResourceKind =
  // Nova's
  | "server"
  | "metadata-item"
  | "instance-action"
  | "tag"
  | "instance-tag"
  | "cell-mapping"
  | "flavor"
  | "server-group"
  | "service"
  | "hypervisor"
  | "aggregate"
  | "migration"
  | "keypair"
  | "token"
  | "console"
  /** What hangs on a server or does not; the id is the whole of Nova's sentence. */
  | "attachment"
  | "image_metadata"
  // Glance's
  | "image"
  | "image_member"
  | "schema"
  // Keystone's
  | "domain"
  | "project"
  | "user"
  | "role"
  | "role_assignment"
  | "implied_role"
  | "service"
  | "endpoint"
  | "region"
  | "application_credential"
  // Neutron's
  | "network"
  | "subnet"
  | "port"
  | "security_group"
  | "security_group_rule"
  | "floatingip"
  | "router"
  | "tag"
  /** Likewise, Neutron's sentence. */
  | "router-interface"
  | "extension"
  // Cinder's
  | "volume"
  | "snapshot"
  | "volume_type"
  /** Likewise, Cinder's sentence. */
  | "volume-part";

/** Seconds a client is asked to wait before it tries an unavailable service again. */
export const retryAfterSeconds = 1;

/** The one error thrown on purpose. Anything else reaching the edge is a bug, and is a 500. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.kind, options);
    this.refusal = refusal;
  }
}

/** For what the client got wrong, in the service's own sentence. */
export const badRequest = (reason: string, type?: string): Fault =>
  new Fault({ kind: "malformed", reason, ...(type !== undefined && { type }) });

export const isNotFound = (cause: unknown, what: ResourceKind): boolean =>
  cause instanceof Fault && cause.refusal.kind === "no-such" && cause.refusal.what === what;

/** For what is not there, or not there for this caller. */
export const notFound = (what: ResourceKind, id: string, reason?: string): Fault =>
  new Fault({ kind: "no-such", what, id, ...(reason !== undefined && { reason }) });

/** Likewise, of what would hang on something else. */
export const notFoundIn = (parentId: string, what: ResourceKind, id: string): Fault =>
  new Fault({ kind: "no-such", what, id, parentId });

/** For what there is that stands against it. */
export const conflict = (reason: string, type?: string): Fault =>
  new Fault({ kind: "conflict", reason, ...(type !== undefined && { type }) });
