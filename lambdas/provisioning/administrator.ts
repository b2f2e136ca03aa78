import type { Instant } from "../core/instant.ts";
import { hashPassword } from "../identity/authentication/passwords.ts";
import { newProject } from "../identity/model/directory.ts";
import { roleIds } from "../identity/model/identity.ts";
import { entriesIn } from "../identity/repositories/directory.ts";
import { newUser, usersIn } from "../identity/repositories/users.ts";
import type { Records } from "../ports/records.ts";

/** Fixed ids, so that a repeated attempt reuses the names that the first one claimed. */
const administratorIds = {
  project: "8f0c2b7e5d1a4f6c9b3e7a0d2c4f6e11",
  user: "a3d5f7091b2c4e6d8f0a1c3e5b7d9f22",
} as const;

/**
 * Adds the first user with the admin role on project `admin`, as Keystone's bootstrap does
 * (keystone/cmd/bootstrap.py). An existing user of that name stays unchanged.
 */
export async function addAdministrator(
  records: Records,
  password: string,
  now: Instant,
): Promise<void> {
  const secret = await hashPassword(password);
  const project = newProject({ id: administratorIds.project, name: "admin" });
  const user = newUser({
    id: administratorIds.user,
    name: "admin",
    password: secret,
    apiKey: secret,
    defaultProject: project.id,
    assignments: [{ role: roleIds.admin, on: { kind: "project", id: project.id } }],
  });
  await entriesIn(records).add(project, now);
  await usersIn(records).add(user, now);
}
