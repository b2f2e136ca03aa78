import type { Answered, Asked } from "./cloud.ts";

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
