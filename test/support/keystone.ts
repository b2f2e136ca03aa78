import { randomUUID } from "node:crypto";
import type { Environment } from "../../lambdas/http/environment.ts";
import { type CallOptions, startCloud, type TestResponse } from "./cloud.ts";
import { postLogin, subjectTokenOf, withTokenHeader } from "./identity.ts";
import { testClaims } from "./tokens.ts";

export async function startKeystone(overrides: Partial<Environment> = {}) {
  const cloud = await startCloud(overrides);

  const v3 = (method: string, path: string, body?: unknown, options: CallOptions = {}) =>
    cloud.call(method, `/identity/v3${path}`, {
      as: "admin",
      ...options,
      ...(body !== undefined && { body }),
    });

  async function create(collection: string, fields: object): Promise<{ id: string; name: string }> {
    const one = collection.replace(/s$/, "");
    const reply = await v3("POST", `/${collection}`, { [one]: fields });
    if (reply.status !== 201) throw new Error(`${reply.status} ${reply.text}`);
    return reply.json[one];
  }

  async function createUser(
    name: string,
    on?: { readonly project: string; readonly role: string },
  ) {
    const createdUser = await create("users", { name, password: "pw" });
    if (on) await v3("PUT", `/projects/${on.project}/users/${createdUser.id}/roles/${on.role}`);
    return createdUser;
  }

  return {
    ...cloud,
    v3,
    made: create,
    user: createUser,

    enter: (id: string, password: string, scope?: unknown): Promise<TestResponse> =>
      postLogin(cloud.call, {
        auth: { identity: { methods: ["password"], password: { user: { id, password } } }, scope },
      }),

    good: async (token: string): Promise<boolean> =>
      (await cloud.call("GET", "/v2.1/flavors", withTokenHeader(token))).status !== 401,

    tokenOf: (claims: Parameters<typeof testClaims>[1]): Promise<string> =>
      cloud.environment.tokens.issue(testClaims("demo", { id: randomUUID(), ...claims })),
  };
}

export const issuedTokenOf = (reply: TestResponse): string => {
  if (reply.status !== 201) throw new Error(`${reply.status} ${reply.text}`);
  return subjectTokenOf(reply);
};
