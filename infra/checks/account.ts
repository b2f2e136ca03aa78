import { type Environment, passwordOf } from "../local/cloud-login.ts";
import { exportsFor } from "../local/exports.ts";

/** Who asks, as every OpenStack client is told: by OS_… variables. */
export interface Account {
  readonly name: string;
  readonly password: string;
  readonly project: string;
  /** What Keystone v3 is shown. */
  readonly auth: object;
  readonly environment: Environment;
}

export const isLoopback = ({ hostname }: URL): boolean =>
  /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(hostname);

/** The one of the environment; for this machine's own cloud, where there is none, `demo`. */
export function accountFor(endpoint: URL, environment: Environment): Account {
  const url = environment["OS_AUTH_URL"];
  if (isNobody(environment) && isLoopback(endpoint)) return local("demo");
  // a password is for the cloud that it is of
  if (url !== undefined && new URL(url).host !== endpoint.host && !isLoopback(endpoint))
    throw new Error(`OS_AUTH_URL is of ${new URL(url).host}, and not of ${endpoint.host}.`);
  return accountOf(environment);
}

/** One of another project, that is to see nothing: of OS_ALT_…; null where none is told. */
export function otherFor(endpoint: URL, environment: Environment): Account | null {
  const told = Object.entries(environment)
    .filter(([name]) => name.startsWith("OS_ALT_"))
    .map(([name, value]) => [name.replace("OS_ALT_", "OS_"), value]);
  if (told.length > 0) return accountOf(Object.fromEntries(told));
  return isNobody(environment) && isLoopback(endpoint) ? local("alt_demo") : null;
}

export const accountOf = (environment: Environment): Account => ({
  auth: passwordOf(environment),
  name: environment["OS_USERNAME"] ?? "",
  password: environment["OS_PASSWORD"] ?? "",
  project: environment["OS_PROJECT_NAME"] ?? environment["OS_PROJECT_ID"] ?? "",
  environment,
});

const isNobody = (environment: Environment): boolean =>
  environment["OS_USERNAME"] === undefined && environment["OS_USER_ID"] === undefined;

const local = (name: string): Account => accountOf(exportsFor("", name));
