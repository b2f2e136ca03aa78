import { accounts, type LocalAccount } from "./accounts.ts";

/** Shell lines that set a client's variables for an account of the cloud at `origin`. */
export function clientVariables(origin: string, name = "demo"): Record<string, string> {
  const { project } = getLocalAccount(name);
  return {
    OS_AUTH_URL: `${origin}/identity/v3`,
    OS_IDENTITY_API_VERSION: "3",
    OS_USERNAME: name,
    OS_PASSWORD: name,
    OS_PROJECT_NAME: project.name,
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_NAME: "Default",
    OS_REGION_NAME: "RegionOne",
  };
}

function getLocalAccount(name: string): LocalAccount {
  const account = accounts.find((one) => one.name === name);
  if (account) return account;
  throw new Error(
    `There is no account ${name}; there are ${accounts.map((one) => one.name).join(", ")}.`,
  );
}

export const clientExports = (origin: string, name?: string): string =>
  Object.entries(clientVariables(origin, name))
    .map(([variable, value]) => `export ${variable}=${value}`)
    .join("\n");

export const localOrigin = (port: number): string => `http://127.0.0.1:${port}`;

export const requestedPort = (): number => Number(process.env["PORT"] ?? 8774);
