import { exportsFor } from "../local/exports.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Who asks, as every OpenStack client is told: by OS_… variables. */
export interface Account {
  readonly name: string;
  readonly password: string;
  readonly project: string;
  readonly userDomain: string;
  readonly projectDomain: string;
}

export const isLoopback = ({ hostname }: URL): boolean =>
  /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(hostname);

/** The one of the environment; for this machine's own cloud, where there is none, `demo`. */
export function accountFor(endpoint: URL, environment: Environment): Account {
  const url = environment["OS_AUTH_URL"];
  if (environment["OS_USERNAME"] === undefined && isLoopback(endpoint)) return local("demo");
  // a password is for the cloud that it is of
  if (url !== undefined && new URL(url).host !== endpoint.host && !isLoopback(endpoint))
    throw new Error(`OS_AUTH_URL is of ${new URL(url).host}, and not of ${endpoint.host}.`);
  return accountIn(environment, "OS");
}

/** One of another project, that is to see nothing; null where none is told. */
export function otherFor(endpoint: URL, environment: Environment): Account | null {
  if (environment["OS_ALT_USERNAME"] !== undefined) return accountIn(environment, "OS_ALT");
  return environment["OS_USERNAME"] === undefined && isLoopback(endpoint)
    ? local("alt_demo")
    : null;
}

function accountIn(environment: Environment, prefix: string): Account {
  const said = (name: string) => {
    const value = environment[`${prefix}_${name}`];
    if (value) return value;
    throw new Error(`${prefix}_${name} is not set: it takes an account, as every client does.`);
  };
  return {
    name: said("USERNAME"),
    password: said("PASSWORD"),
    project: said("PROJECT_NAME"),
    userDomain: environment[`${prefix}_USER_DOMAIN_NAME`] ?? "Default",
    projectDomain: environment[`${prefix}_PROJECT_DOMAIN_NAME`] ?? "Default",
  };
}

const local = (name: string): Account => accountIn(exportsFor("", name), "OS");

/** Keystone v3's login. */
export const credentialsOf = (account: Account) => ({
  auth: {
    identity: {
      methods: ["password"],
      password: {
        user: {
          name: account.name,
          password: account.password,
          domain: { name: account.userDomain },
        },
      },
    },
    scope: { project: { name: account.project, domain: { name: account.projectDomain } } },
  },
});
