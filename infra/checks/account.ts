import { clientVariables } from "../local/client-exports.ts";
import { type EnvironmentVariables, passwordAuth } from "../local/cloud-login.ts";

/** The account of the caller, from OpenStack's OS_… variables. */
export interface CheckAccount {
  readonly name: string;
  readonly password: string;
  readonly project: string;
  /** Keystone v3 credentials. */
  readonly auth: object;
  readonly variables: EnvironmentVariables;
}

export const isLoopback = ({ hostname }: URL): boolean =>
  /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(hostname);

/** The account of the environment; without one, `demo` of the local cloud. */
export function chooseAccount(endpoint: URL, environment: EnvironmentVariables): CheckAccount {
  const url = environment["OS_AUTH_URL"];
  if (hasNoUser(environment) && isLoopback(endpoint)) return localAccount("demo");
  // a password is sent only to the cloud that it belongs to
  if (url !== undefined && new URL(url).host !== endpoint.host && !isLoopback(endpoint))
    throw new Error(`OS_AUTH_URL names host ${new URL(url).host}, expected ${endpoint.host}.`);
  return accountFromVariables(environment);
}

/** An account of another project, from OS_ALT_…, to check isolation; null without one. */
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
