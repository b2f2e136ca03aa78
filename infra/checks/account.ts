import { type EnvironmentVariables, passwordAuth } from "../local/cloud-login.ts";
import { clientVariables } from "../local/exports.ts";

/** Who asks, as every OpenStack client is told: by OS_… variables. */
export interface CheckAccount {
  readonly name: string;
  readonly password: string;
  readonly project: string;
  /** What Keystone v3 is shown. */
  readonly auth: object;
  readonly variables: EnvironmentVariables;
}

export const isLoopback = ({ hostname }: URL): boolean =>
  /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(hostname);

/** The one of the environment; for this machine's own cloud, where there is none, `demo`. */
export function chooseAccount(endpoint: URL, environment: EnvironmentVariables): CheckAccount {
  const url = environment["OS_AUTH_URL"];
  if (hasNoUser(environment) && isLoopback(endpoint)) return localAccount("demo");
  // a password is for the cloud that it is of
  if (url !== undefined && new URL(url).host !== endpoint.host && !isLoopback(endpoint))
    throw new Error(`OS_AUTH_URL is of ${new URL(url).host}, and not of ${endpoint.host}.`);
  return accountFromVariables(environment);
}

/** One of another project, that is to see nothing: of OS_ALT_…; null where none is told. */
export function chooseOtherAccount(
  endpoint: URL,
  environment: EnvironmentVariables,
): CheckAccount | null {
  const altVariables = Object.entries(environment)
    .filter(([name]) => name.startsWith("OS_ALT_"))
    .map(([name, value]) => [name.replace("OS_ALT_", "OS_"), value]);
  if (altVariables.length > 0) return accountFromVariables(Object.fromEntries(altVariables));
  return hasNoUser(environment) && isLoopback(endpoint) ? localAccount("alt_demo") : null;
}

export const accountFromVariables = (variables: EnvironmentVariables): CheckAccount => ({
  auth: passwordAuth(variables),
  name: variables["OS_USERNAME"] ?? "",
  password: variables["OS_PASSWORD"] ?? "",
  project: variables["OS_PROJECT_NAME"] ?? variables["OS_PROJECT_ID"] ?? "",
  variables,
});

const hasNoUser = (environment: EnvironmentVariables): boolean =>
  environment["OS_USERNAME"] === undefined && environment["OS_USER_ID"] === undefined;

const localAccount = (name: string): CheckAccount =>
  accountFromVariables(clientVariables("", name));
