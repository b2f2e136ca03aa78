/** What clients of OpenStack find in their environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A project's compute API, as Keystone's catalog leads to it. */
export interface Compute {
  readonly endpoint: string;
  readonly token: string;
}

interface Token {
  readonly catalog?: readonly {
    readonly type: string;
    readonly endpoints: readonly {
      readonly interface: string;
      readonly region_id: string;
      readonly url: string;
    }[];
  }[];
}

/** Logs in by Keystone v3 with what the environment has. Throws an Error to be read by a user. */
export async function computeOf(env: Environment): Promise<Compute> {
  const base = needed(env, "OS_AUTH_URL").replace(/\/+$/, "");
  const keystone = /\/v3$/.test(base) ? base : `${base}/v3`;
  const given = env["OS_TOKEN"];
  const answer = await asked(
    `${keystone}/auth/tokens`,
    given
      ? { headers: { "x-auth-token": given, "x-subject-token": given } }
      : { method: "POST", headers: json, body: JSON.stringify({ auth: passwordOf(env) }) },
  );
  const { token } = (await answer.json()) as { token: Token };
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
  return { endpoint: endpoint.url, token: given ?? answer.headers.get("x-subject-token") ?? "" };
}

const json = { "content-type": "application/json" };

/** By name and domain, or by id, as the clients' own options go. */
export function passwordOf(env: Environment): object {
  const domain = (kind: string) =>
    env[`OS_${kind}_DOMAIN_ID`]
      ? { id: env[`OS_${kind}_DOMAIN_ID`] }
      : { name: env[`OS_${kind}_DOMAIN_NAME`] ?? "Default" };
  const user = env["OS_USER_ID"]
    ? { id: env["OS_USER_ID"] }
    : { name: needed(env, "OS_USERNAME"), domain: domain("USER") };
  const project = env["OS_PROJECT_ID"]
    ? { id: env["OS_PROJECT_ID"] }
    : { name: needed(env, "OS_PROJECT_NAME"), domain: domain("PROJECT") };
  const password = needed(env, "OS_PASSWORD");
  return {
    identity: { methods: ["password"], password: { user: { ...user, password } } },
    scope: { project },
  };
}

function needed(env: Environment, name: string): string {
  const value = env[name];
  if (!value)
    throw new Error(`${name} is not set. For the local cloud: eval "$(npm run -s env)" sets it.`);
  return value;
}

/**
 * An answer that is no refusal, save one of a status that the asker knows what to do about; any other is
 * an Error with the service's own words.
 */
export async function asked(url: string, how: RequestInit, known?: number): Promise<Response> {
  const answer = await fetch(url, how).catch((cause: Error) => {
    throw new Error(`${new URL(url).origin} does not answer (${cause.cause ?? cause.message}).`);
  });
  if (answer.ok || answer.status === known) return answer;
  const [, said] = /"message": ?("(?:[^"\\]|\\.)*")/.exec(await answer.text()) ?? [];
  throw new Error(`${said ? JSON.parse(said) : answer.statusText} (HTTP ${answer.status})`);
}
