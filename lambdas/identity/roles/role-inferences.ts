import { Fault } from "../../core/fault.ts";
import type { Directory, RoleEntry } from "../model/directory.ts";
import { getDirectoryEntry } from "../repositories/directory.ts";

const roleSummary = (origin: string, { id, name, description, options }: RoleEntry) => ({
  id,
  name,
  description,
  options,
  links: { self: `${origin}/identity/v3/roles/${id}` },
});

/** 404 where one role does not imply the other. */
export function getInferredRoles(directory: Directory, prior: string, implied: string) {
  const pair = {
    prior: getDirectoryEntry(directory, "role", prior),
    implied: getDirectoryEntry(directory, "role", implied),
  };
  if (!pair.prior.implies.includes(implied))
    throw new Fault({ kind: "no-such", what: "implied_role", id: `${prior} ${implied}` });
  return pair;
}

const impliedSummaries = (origin: string, prior: RoleEntry, directory: Directory) => ({
  prior_role: roleSummary(origin, prior),
  implies: prior.implies
    .flatMap((id) => directory.role(id) ?? [])
    .map((role) => roleSummary(origin, role)),
});

export const impliedRolesView = (origin: string, prior: RoleEntry, directory: Directory) => ({
  role_inference: impliedSummaries(origin, prior, directory),
  links: { self: `${origin}/identity/v3/roles/${prior.id}/implies` },
});

export const inferencesView = (origin: string, directory: Directory) => ({
  role_inferences: directory.roles
    .filter(({ implies }) => implies.length > 0)
    .map((prior) => impliedSummaries(origin, prior, directory)),
  links: { self: `${origin}/identity/v3/role_inferences` },
});

export const inferenceView = (origin: string, prior: RoleEntry, implied: RoleEntry) => ({
  role_inference: { prior_role: roleSummary(origin, prior), implies: roleSummary(origin, implied) },
  links: { self: `${origin}/identity/v3/roles/${prior.id}/implies/${implied.id}` },
});
