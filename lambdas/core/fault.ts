/** Every expected error, as a closed union. Each dialect has a view of each kind. */
export type Refusal =
  | { readonly kind: "unauthenticated" }
  /** The role is not enough; `rule` is the name of Nova's policy. */
  | { readonly kind: "forbidden"; readonly rule: string }
  | { readonly kind: "forbidden-account" }
  | { readonly kind: "wrong-project"; readonly requested: string; readonly own: string }
  | { readonly kind: "no-such-route" }
  /** A route that the service removed. */
  | { readonly kind: "withdrawn" }
  /** The negotiated microversion does not have the operation. */
  | { readonly kind: "not-in-version" }
  | { readonly kind: "wrong-method"; readonly allowed: readonly string[] }
  | { readonly kind: "bad-version"; readonly requested: string }
  | {
      readonly kind: "version-out-of-range";
      readonly requested: string;
      readonly minimum: string;
      readonly maximum: string;
    }
  | { readonly kind: "too-large"; readonly limit: number }
  | { readonly kind: "unsupported-media" }
  /** A bad request; `reason` is the service's own text. */
  | ReasonedRefusal<"malformed">
  /** A body or query that its schema refuses; `reason` is the text of Python's jsonschema. */
  | {
      readonly kind: "invalid";
      readonly part: "body" | "query";
      /** The last step of the path to the value; null for the whole. */
      readonly field: string | null;
      readonly value: unknown;
      readonly reason: string;
    }
  | { readonly kind: "no-such-action"; readonly action: string }
  | {
      readonly kind: "no-such";
      readonly what: ResourceKind;
      readonly id: string;
      /** The resource that would contain it. */
      readonly parentId?: string;
      /** The service's own text, where it differs from the usual one. */
      readonly reason?: string;
    }
  /** The name exists. */
  | { readonly kind: "taken"; readonly what: ResourceKind; readonly id: string }
  /** A state that does not allow the request; `reason` is the service's own text. */
  | ReasonedRefusal<"conflict">
  /** Forbidden for every caller; `reason` is the service's own text. */
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
  /** The server has never been active. */
  | { readonly kind: "never-launched"; readonly id: string; readonly verb: string }
  | { readonly kind: "over-quota"; readonly shortages: readonly Shortage[] }
  | { readonly kind: "raced" }
  /** DynamoDB throttles, times out or cannot be reached. */
  | { readonly kind: "unavailable" }
  | { readonly kind: "broken" };

interface ReasonedRefusal<Kind extends string> {
  readonly kind: Kind;
  readonly reason: string;
  /** Neutron's exception name: "IpAddressInUse". */
  readonly type?: string;
}

/** A resource whose quota is exhausted. */
export interface Shortage {
  readonly kind: "instances" | "cores" | "ram";
  /** A number, or for servers the range `least-most`. */
  readonly requested: number | string;
  readonly used: number;
  readonly limit: number;
}

/** Kinds of resources, named as in the API of their service. */
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
  /** A port or volume of a server; the id is Nova's whole text. */
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
  /** The id is Neutron's whole text. */
  | "router-interface"
  | "extension"
  // Cinder's
  | "volume"
  | "snapshot"
  | "volume_type"
  /** The id is Cinder's whole text. */
  | "volume-part";

/** Seconds until a client repeats a request to an unavailable service. */
export const retryAfterSeconds = 1;

/** The only error thrown on purpose. Any other error is a bug and becomes a 500. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.kind, options);
    this.refusal = refusal;
  }
}

/** A client's mistake, in the service's own text. */
export const badRequest = (reason: string, type?: string): Fault =>
  new Fault({ kind: "malformed", reason, ...(type !== undefined && { type }) });

export const isNotFound = (cause: unknown, what: ResourceKind): boolean =>
  cause instanceof Fault && cause.refusal.kind === "no-such" && cause.refusal.what === what;

/** A resource that does not exist for this caller. */
export const notFound = (what: ResourceKind, id: string, reason?: string): Fault =>
  new Fault({ kind: "no-such", what, id, ...(reason !== undefined && { reason }) });

/** The same for a part of another resource. */
export const notFoundIn = (parentId: string, what: ResourceKind, id: string): Fault =>
  new Fault({ kind: "no-such", what, id, parentId });

/** A state that does not allow the request, in the service's own text. */
export const conflict = (reason: string, type?: string): Fault =>
  new Fault({ kind: "conflict", reason, ...(type !== undefined && { type }) });
