import { trimEnd } from "../../lambdas/core/trim.ts";
/** OpenStack's client variables. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** A project's compute API, from Keystone's catalog. */
export interface ComputeEndpoint {
  readonly endpoint: string;
  readonly token: string;
}

interface TokenBody {
  readonly catalog?: readonly {
    readonly type: string;
    readonly endpoints: readonly {
      readonly interface: string;
      readonly region_id: string;
      readonly url: string;
    }[];
  }[];
}

/** Logs in to Keystone v3 by the environment. Throws an Error for users to read. */
export async function logInToCompute(env: EnvironmentVariables): Promise<ComputeEndpoint> {
  const base = trimEnd(requireVariable(env, "OS_AUTH_URL"), "/");
  const keystone = /\/v3$/.test(base) ? base : `${base}/v3`;
  const suppliedToken = env["OS_TOKEN"];
  const response = await fetchOk(
    `${keystone}/auth/tokens`,
    suppliedToken
      ? { headers: { "x-auth-token": suppliedToken, "x-subject-token": suppliedToken } }
      : { method: "POST", headers: jsonHeaders, body: JSON.stringify({ auth: passwordAuth(env) }) },
  );
  const { token } = (await response.json()) as { token: TokenBody };
  const region = env["OS_REGION_NAME"];
  const endpoint = token.catalog
    ?.find(({ type }) => type === "compute")
    ?.endpoints.find(
      (one) =>
        one.interface === (env["OS_INTERFACE"] ?? "public") &&
        (!region || one.region_id === region),
    );
  if (!endpoint)
    throw new Error(`The catalog has no compute service${region ? ` in ${region}` : ""}.`);
  return {
    endpoint: endpoint.url,
    token: suppliedToken ?? response.headers.get("x-subject-token") ?? "",
  };
}

const jsonHeaders = { "content-type": "application/json" };

/** By name and domain, or by id, like the clients' options. */
export function passwordAuth(env: EnvironmentVariables): object {
  const domain = (kind: string) =>
    env[`OS_${kind}_DOMAIN_ID`]
      ? { id: env[`OS_${kind}_DOMAIN_ID`] }
      : { name: env[`OS_${kind}_DOMAIN_NAME`] ?? "Default" };
  const user = env["OS_USER_ID"]
    ? { id: env["OS_USER_ID"] }
    : { name: requireVariable(env, "OS_USERNAME"), domain: domain("USER") };
  const project = env["OS_PROJECT_ID"]
    ? { id: env["OS_PROJECT_ID"] }
    : { name: requireVariable(env, "OS_PROJECT_NAME"), domain: domain("PROJECT") };
  const password = requireVariable(env, "OS_PASSWORD");
  return {
    identity: { methods: ["password"], password: { user: { ...user, password } } },
    scope: { project },
  };
}

function requireVariable(env: EnvironmentVariables, name: string): string {
  const value = env[name];
  if (!value)
    throw new Error(`${name} is not set. For the local cloud: eval "$(npm run -s env)" sets it.`);
  return value;
}

/**
 * Returns a successful response, or one with a status that the caller handles; throws the service's
 * message otherwise.
 */
export async function fetchOk(
  url: string,
  init: RequestInit,
  expectedStatus?: number,
): Promise<Response> {
  const response = await fetch(url, init).catch((cause: Error) => {
    throw new Error(`No response from ${new URL(url).origin} (${cause.cause ?? cause.message}).`);
  });
  if (response.ok || response.status === expectedStatus) return response;
  const [, message] = /"message": ?("(?:[^"\\]|\\.)*")/.exec(await response.text()) ?? [];
  throw new Error(
    `${message ? JSON.parse(message) : response.statusText} (HTTP ${response.status})`,
  );
}
