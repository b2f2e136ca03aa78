import { tokenFromQuery } from "../../lambdas/console/check-grant.ts";
import { isUuid } from "../../lambdas/core/uuid.ts";
import {
  type ComputeEndpoint,
  type EnvironmentVariables,
  fetchOk,
  logInToCompute,
} from "./cloud-login.ts";

/** A console URL's parts. */
export interface ServerConsole {
  /** For a browser. */
  readonly page: string;
  /** For a program that relays a viewer's bytes. */
  readonly url: string;
  readonly token: string;
}

/** Requests consoles of one server as the user of the environment; each call returns a new one. */
export async function consoleOpener(env: EnvironmentVariables, nameOrId: string) {
  let compute = await logInToCompute(env);
  const server = await findServerId(compute, nameOrId);
  const requestConsole = (expectedStatus?: number) =>
    fetchOk(
      `${compute.endpoint}/servers/${server}/remote-consoles`,
      {
        method: "POST",
        headers: requestHeaders(compute),
        body: JSON.stringify({ remote_console: { protocol: "vnc", type: "novnc" } }),
      },
      expectedStatus,
    );
  return async (): Promise<ServerConsole> => {
    let response = await requestConsole(401);
    if (!response.ok) {
      // the token may have expired: a bridge runs for days
      compute = await logInToCompute(env);
      response = await requestConsole();
    }
    const { remote_console } = (await response.json()) as { remote_console: { url: string } };
    return {
      page: remote_console.url,
      // the page's origin is a setting; exchanges go to the API
      url: new URL("/console/exchange", compute.endpoint).href,
      token: tokenFromQuery(new URL(remote_console.url).searchParams),
    };
  };
}

const requestHeaders = ({ token }: ComputeEndpoint) => ({
  "x-auth-token": token,
  "content-type": "application/json",
  "openstack-api-version": "compute 2.6",
});

/** Finds the id of the only server with that id or name. */
async function findServerId(compute: ComputeEndpoint, nameOrId: string): Promise<string> {
  const headers = requestHeaders(compute);
  if (isUuid(nameOrId)) {
    const answer = await fetchOk(`${compute.endpoint}/servers/${nameOrId}`, { headers }, 404);
    if (answer.ok) return nameOrId;
  }
  const pattern = `^${nameOrId.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
  const query = new URLSearchParams({ name: pattern });
  const answer = await fetchOk(`${compute.endpoint}/servers?${query}`, { headers });
  const { servers } = (await answer.json()) as { servers: { id: string; name: string }[] };
  const candidates = servers.filter(({ name }) => name === nameOrId);
  const [first] = candidates;
  if (!first) throw new Error(`No server has the id or name "${nameOrId}".`);
  if (candidates.length > 1)
    throw new Error(
      `There are ${candidates.length} servers ${nameOrId}. Say which:\n${candidates.map(({ id }) => id).join("\n")}`,
    );
  return first.id;
}
