import { badRequest, Fault } from "../core/fault.ts";
import type { DirectoryEntry } from "./model/directory.ts";
import { type Caller, hasRole } from "./model/identity.ts";

/** Keystone appends this to its own 400 texts. */
const assumedSuffix =
  " The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.";

export const invalidAttribute = (reason: string): Fault => badRequest(`${reason}${assumedSuffix}`);

export const forbidden = (what: string): Fault =>
  new Fault({
    kind: "denied",
    reason: `You are not authorized to perform the requested action: ${what}.`,
  });

export function assertOwnOrAdmin(caller: Caller, isOwn: boolean, rule: string): void {
  if (!isOwn && !hasRole(caller, "admin")) throw new Fault({ kind: "forbidden", rule });
}

const conflict = (type: string, details: string): Fault =>
  new Fault({
    kind: "conflict",
    reason: `Conflict occurred attempting to store ${type} - ${details}.`,
  });

export function nameTaken(entry: DirectoryEntry): Fault {
  const { kind, id, name } = entry;
  if (kind === "project")
    return conflict(
      kind,
      `it is not permitted to have two projects with either the same name or same id in the same domain: name is ${name}, project id ${id}`,
    );
  if (kind === "domain")
    return conflict(
      "project",
      `it is not permitted to have two projects acting as domains with the same name: ${name}`,
    );
  return duplicateName(kind, name, entry.domain);
}

export const duplicateName = (type: string, name: string, domain: string | null): Fault =>
  conflict(
    type,
    `Duplicate entry found with name ${name}${domain === null ? "" : ` at domain ID ${domain}`}`,
  );

/** An immutable resource must be made mutable first. */
export function assertMutable(
  { kind, id, options }: DirectoryEntry,
  verb: "update" | "delete",
  requested: { readonly immutable?: boolean | null } = {},
): void {
  if (options["immutable"] !== true) return;
  if (verb === "update" && (requested.immutable === false || requested.immutable === null)) return;
  throw new Fault({
    kind: "denied",
    reason: `Unable to ${verb} immutable ${kind} resource: \`${id}. Set resource option "immutable" to false first.`,
  });
}
