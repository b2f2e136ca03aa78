import type { Instant } from "../../lambdas/core/instant.ts";
import { hashPassword } from "../../lambdas/identity/authentication/passwords.ts";
import { newProject } from "../../lambdas/identity/model/directory.ts";
import {
  type Caller,
  impliedRoles,
  type Project,
  type Role,
  roleIds,
  type User,
} from "../../lambdas/identity/model/identity.ts";
import { entriesIn } from "../../lambdas/identity/repositories/directory.ts";
import { newUser, usersIn } from "../../lambdas/identity/repositories/users.ts";
import type { Backend } from "../../lambdas/ports/backend.ts";

export const projects = {
  admin: { id: "7c1a9a6f0d5e4c1f8a3f6d2b9e0c4d11", name: "admin" },
  demo: { id: "5d8b99310e6c49eaa5413aa659170deb", name: "demo" },
  alt_demo: { id: "b72dc11461c84102b97576ae24d2b88c", name: "alt_demo" },
} as const satisfies Record<string, Project>;

export interface LocalAccount {
  readonly id: string;
  /** Password and API key; they are public. */
  readonly name: string;
  readonly project: Project;
  readonly role: Role;
}

/** The accounts of every local cloud, which therefore listens on loopback only. */
export const accounts: readonly LocalAccount[] = [
  { id: "f0a1c3e5b7d94f20a6c8e0b2d4f61733", name: "admin", project: projects.admin, role: "admin" },
  { id: "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021", name: "demo", project: projects.demo, role: "member" },
  {
    id: "2e5a7b9d1f3c4e6a88bad2f4c6e80132",
    name: "alt_demo",
    project: projects.alt_demo,
    role: "member",
  },
  {
    id: "3f6b8cae204d4f7b99cbe3a5d7f91243",
    name: "reader",
    project: projects.demo,
    role: "reader",
  },
];

/** scrypt's smallest N, for public passwords. */
const scryptCost = 2;

/** Adds missing projects and accounts. */
export async function addLocalAccounts({ records }: Backend, now: Instant): Promise<void> {
  const users = usersIn(records);
  const entries = entriesIn(records);
  await Promise.all([
    ...Object.values(projects).map((project) => entries.add(newProject(project), now)),
    ...accounts.map(async (account) => {
      if (await users.findById(account.id)) return;
      await users.add(toUser(account, await hashPassword(account.name, scryptCost)), now);
    }),
  ]);
}

/** An account as a stored user; `secret` hashes password and API key. */
const toUser = ({ id, name, project, role }: LocalAccount, secret: string): User =>
  newUser({
    id,
    name,
    password: secret,
    apiKey: secret,
    defaultProject: project.id,
    assignments: [{ role: roleIds[role], on: { kind: "project", id: project.id } }],
  });

/** The caller of the account's tokens. */
export const callerOf = ({ id, name, project, role }: LocalAccount): Caller => ({
  user: { id, name },
  project,
  roles: impliedRoles(role),
});
