import { randomUUID } from "node:crypto";
import type { World } from "../../lambdas/http/environment.ts";
import { type Answered, type Asked, cloud } from "./cloud.ts";
import { holding, login, subjectOf } from "./identity.ts";
import { claimsFor } from "./tokens.ts";

/** A cloud, and its Keystone as an administrator manages it. */
export async function keystone(over: Partial<World> = {}) {
  const at = await cloud(over);

  const v3 = (method: string, path: string, body?: unknown, asked: Asked = {}) =>
    at.call(method, `/identity/v3${path}`, {
      as: "admin",
      ...asked,
      ...(body !== undefined && { body }),
    });

  /** Makes one of a collection and answers with it. */
  async function made(collection: string, said: object): Promise<{ id: string; name: string }> {
    const one = collection.replace(/s$/, "");
    const reply = await v3("POST", `/${collection}`, { [one]: said });
    if (reply.status !== 201) throw new Error(`${reply.status} ${reply.text}`);
    return reply.json[one];
  }

  /** A user with the password "pw" and, if said, a role on a project. */
  async function user(name: string, on?: { readonly project: string; readonly role: string }) {
    const made_ = await made("users", { name, password: "pw" });
    if (on) await v3("PUT", `/projects/${on.project}/users/${made_.id}/roles/${on.role}`);
    return made_;
  }

  return {
    ...at,
    v3,
    made,
    user,

    /** A login by id. */
    enter: (id: string, password: string, scope?: unknown): Promise<Answered> =>
      login(at.call, {
        auth: { identity: { methods: ["password"], password: { user: { id, password } } }, scope },
      }),

    /** Whether a token is good for anything. */
    good: async (token: string): Promise<boolean> =>
      (await at.call("GET", "/v2.1/flavors", holding(token))).status !== 401,

    /** A token that says what it is told to. */
    tokenOf: (claims: Parameters<typeof claimsFor>[1]): Promise<string> =>
      at.world.tokens.issue(claimsFor("demo", { id: randomUUID(), ...claims })),
  };
}

export const tokenIn = (reply: Answered): string => {
  if (reply.status !== 201) throw new Error(`${reply.status} ${reply.text}`);
  return subjectOf(reply);
};
