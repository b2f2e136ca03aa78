import type { Instant } from "../core/instant.ts";
import { hashPassword } from "../identity/authentication/passwords.ts";
import { newProject } from "../identity/model/directory.ts";
import { roleIds } from "../identity/model/identity.ts";
import { entriesIn } from "../identity/repositories/directory.ts";
import { newUser, usersIn } from "../identity/repositories/users.ts";
import type { Records } from "../ports/records.ts";

/** Always the same, so that whoever tries again takes up the names that the first try claimed. */
const administratorIds = {
  project: "8f0c2b7e5d1a4f6c9b3e7a0d2c4f6e11",
  user: "a3d5f7091b2c4e6d8f0a1c3e5b7d9f22",
} as const;

/**
 * The first user there is, with all that Keystone's bootstrap gives it (keystone/cmd/bootstrap.py): the
 * role of an administrator in the project `admin`. Where there is one of that name it stays as it is.
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
