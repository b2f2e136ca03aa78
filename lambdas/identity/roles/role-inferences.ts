import { Fault } from "../../core/fault.ts";
import type { Directory, RoleEntry } from "../model/directory.ts";
import { getDirectoryEntry } from "../repositories/directory.ts";

/** A role as an inference shows it. */
export const roleSummary = (origin: string, { id, name, description, options }: RoleEntry) => ({
  id,
  name,
  description,
  options,
  links: { self: `${origin}/identity/v3/roles/${id}` },
});

/** Throws 404 where one role does not imply the other (keystone/exception.py). */
export function getInferredRoles(directory: Directory, prior: string, implied: string) {
  const pair = {
    prior: getDirectoryEntry(directory, "role", prior),
    implied: getDirectoryEntry(directory, "role", implied),
  };
  if (!pair.prior.implies.includes(implied))
    throw new Fault({ kind: "no-such", what: "implied_role", id: `${prior} ${implied}` });
  return pair;
}

export const inferenceView = (origin: string, prior: RoleEntry, implied: RoleEntry) => ({
  role_inference: { prior_role: roleSummary(origin, prior), implies: roleSummary(origin, implied) },
  links: { self: `${origin}/identity/v3/roles/${prior.id}/implies/${implied.id}` },
});
