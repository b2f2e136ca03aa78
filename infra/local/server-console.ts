import { tokenIn } from "../../lambdas/console/check-grant.ts";
import { isUuid } from "../../lambdas/core/uuid.ts";
import { asked, type Compute, computeOf, type Environment } from "./cloud-login.ts";

/** A console that was given out. */
export interface ServerConsole {
  /** For a browser. */
  readonly page: string;
  /** For whoever carries a viewer's bytes. */
  readonly url: string;
  readonly token: string;
}

/** Asks for consoles of one server, as the user of the environment: a new one each time. */
export async function consolesOf(env: Environment, nameOrId: string) {
  let compute = await computeOf(env);
  const server = await serverNamed(compute, nameOrId);
  const ask = (known?: number) =>
    asked(
      `${compute.endpoint}/servers/${server}/remote-consoles`,
      {
        method: "POST",
        headers: headersOf(compute),
        body: JSON.stringify({ remote_console: { protocol: "vnc", type: "novnc" } }),
      },
      known,
    );
  return async (): Promise<ServerConsole> => {
    let answer = await ask(401);
    if (!answer.ok) {
      // its own token has run out, for a bridge may stand for days
      compute = await computeOf(env);
      answer = await ask();
    }
    const { remote_console } = (await answer.json()) as { remote_console: { url: string } };
    return {
      page: remote_console.url,
      // where its page is may be a setting, and its exchanges are the API's
      url: new URL("/console/exchange", compute.endpoint).href,
      token: tokenIn(new URL(remote_console.url).searchParams),
    };
  };
}

const headersOf = ({ token }: Compute) => ({
  "x-auth-token": token,
  "content-type": "application/json",
  "openstack-api-version": "compute 2.6",
});

/** The id of the one server of that id or name. */
async function serverNamed(compute: Compute, nameOrId: string): Promise<string> {
  const headers = headersOf(compute);
  if (isUuid(nameOrId)) {
    const answer = await asked(`${compute.endpoint}/servers/${nameOrId}`, { headers }, 404);
    if (answer.ok) return nameOrId;
  }
  const pattern = `^${nameOrId.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
  const query = new URLSearchParams({ name: pattern });
  const answer = await asked(`${compute.endpoint}/servers?${query}`, { headers });
  const { servers } = (await answer.json()) as { servers: { id: string; name: string }[] };
  const found = servers.filter(({ name }) => name === nameOrId);
  const [first] = found;
  if (!first) throw new Error(`There is no server ${nameOrId}.`);
  if (found.length > 1)
    throw new Error(
      `There are ${found.length} servers ${nameOrId}. Say which:\n${found.map(({ id }) => id).join("\n")}`,
    );
  return first.id;
}
