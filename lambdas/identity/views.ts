import { orNull, toIsoMicros } from "../core/times.ts";
import type { Directory, DomainEntry, ProjectEntry, RoleEntry } from "./model/directory.ts";
import type { User } from "./model/identity.ts";
import type { ApplicationCredential } from "./repositories/application-credentials.ts";

const base = (origin: string): string => `${origin}/identity/v3`;

const self = (origin: string, path: string) => ({ self: `${base(origin)}/${path}` });

export const projectView = (origin: string, project: ProjectEntry) => ({
  ...project.extra,
  id: project.id,
  name: project.name,
  domain_id: project.domain,
  description: project.description,
  enabled: project.enabled,
  parent_id: project.parent,
  is_domain: false,
  tags: project.tags,
  options: project.options,
  links: self(origin, `projects/${project.id}`),
});

export const domainView = (origin: string, domain: DomainEntry) => ({
  ...domain.extra,
  id: domain.id,
  name: domain.name,
  description: domain.description,
  enabled: domain.enabled,
  tags: domain.tags,
  options: domain.options,
  links: self(origin, `domains/${domain.id}`),
});

export const roleView = (origin: string, role: RoleEntry) => ({
  ...role.extra,
  id: role.id,
  name: role.name,
  domain_id: role.domain,
  description: role.description,
  options: role.options,
  links: self(origin, `roles/${role.id}`),
});

export const userView = (origin: string, user: User) => ({
  ...user.extra,
  id: user.id,
  name: user.name,
  domain_id: user.domain,
  ...(user.description !== undefined && { description: user.description }),
  enabled: user.enabled,
  ...(user.defaultProject !== null && { default_project_id: user.defaultProject }),
  options: user.options ?? {},
  password_expires_at: null,
  links: self(origin, `users/${user.id}`),
});

/** Without the secret. */
export const credentialView = (
  origin: string,
  one: ApplicationCredential,
  directory: Directory,
) => ({
  id: one.id,
  name: one.name,
  description: one.description,
  project_id: one.project,
  user_id: one.user,
  roles: one.roles
    .flatMap((id) => directory.role(id) ?? [])
    .map(({ id, name, domain }) => ({ id, name, domain_id: domain })),
  expires_at: orNull(toIsoMicros)(one.expires),
  unrestricted: one.unrestricted,
  links: self(origin, `users/${one.user}/application_credentials/${one.id}`),
});
