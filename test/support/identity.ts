import { randomUUID } from "node:crypto";
import type { World } from "../../lambdas/http/environment.ts";
import { hashed } from "../../lambdas/identity/authentication/passwords.ts";
import {
  type Project,
  type Role,
  roleIds,
  type User,
} from "../../lambdas/identity/model/identity.ts";
import { newUser, usersIn } from "../../lambdas/identity/repositories/users.ts";
import { type Answered, type Asked, start } from "./cloud.ts";

export const tokensPath = "/identity/v3/auth/tokens";
export const tokensV2Path = "/identity/v2.0/tokens";

type Call = (method: string, path: string, asked?: Asked) => Promise<Answered>;

/** The body of a login by name, as every client sends it. */
export const passwordOf = (name = "demo", scope?: unknown) => ({
  auth: {
    identity: {
      methods: ["password"],
      password: { user: { name, domain: { name: "Default" }, password: name } },
    },
    scope,
  },
});

export const projectNamed = (name: string) => ({ project: { name, domain: { name: "Default" } } });

export const login = (call: Call, body: unknown = passwordOf(), path = tokensPath) =>
  call("POST", path, { as: null, body });

export const subjectOf = (reply: Answered): string => reply.headers.get("x-subject-token") ?? "";

/** The same request with a token in hand. */
export const holding = (token: string, more: Asked = {}): Asked => ({
  ...more,
  as: null,
  headers: { ...more.headers, "x-auth-token": token },
});

/** Adds a user whose password is "pw", with Keystone's own roles on projects. */
export async function givenUser(
  world: World,
  said: Partial<User> & { readonly name: string },
  held: readonly (readonly [Project, Role])[] = [],
): Promise<User> {
  const secret = await hashed("pw", 2);
  const user = newUser({
    id: randomUUID(),
    password: secret,
    apiKey: secret,
    assignments: held.map(([{ id }, role]) => ({
      role: roleIds[role],
      on: { kind: "project", id },
    })),
    ...said,
  });
  await usersIn(world.backend().records).add(user, start);
  return user;
}
