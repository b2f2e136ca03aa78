import { randomUUID } from "node:crypto";
import type { Environment } from "../../lambdas/http/environment.ts";
import { hashPassword } from "../../lambdas/identity/authentication/passwords.ts";
import {
  type Project,
  type Role,
  roleIds,
  type User,
} from "../../lambdas/identity/model/identity.ts";
import { newUser, usersIn } from "../../lambdas/identity/repositories/users.ts";
import { type CallOptions, startTime, type TestResponse } from "./cloud.ts";
import type { SendRequest } from "./send-request.ts";

export const tokensPath = "/identity/v3/auth/tokens";
export const tokensV2Path = "/identity/v2.0/tokens";

export const passwordLogin = (name = "demo", scope?: unknown) => ({
  auth: {
    identity: {
      methods: ["password"],
      password: { user: { name, domain: { name: "Default" }, password: name } },
    },
    scope,
  },
});

export const projectByName = (name: string) => ({ project: { name, domain: { name: "Default" } } });

export const postLogin = (call: SendRequest, body: unknown = passwordLogin(), path = tokensPath) =>
  call("POST", path, { as: null, body });

export const subjectTokenOf = (reply: TestResponse): string =>
  reply.headers.get("x-subject-token") ?? "";

export const withTokenHeader = (token: string, more: CallOptions = {}): CallOptions => ({
  ...more,
  as: null,
  headers: { ...more.headers, "x-auth-token": token },
});

export async function addTestUser(
  environment: Environment,
  fields: Partial<User> & { readonly name: string },
  roles: readonly (readonly [Project, Role])[] = [],
): Promise<User> {
  const secret = await hashPassword("pw", 2);
  const user = newUser({
    id: randomUUID(),
    password: secret,
    apiKey: secret,
    assignments: roles.map(([{ id }, role]) => ({
      role: roleIds[role],
      on: { kind: "project", id },
    })),
    ...fields,
  });
  await usersIn(environment.backend().records).add(user, startTime);
  return user;
}
