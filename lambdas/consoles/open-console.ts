import { Fault } from "../domain/fault.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";

/** The page at a console's address: the token in it is the credential (S1-14, S1-15). */
export const openConsole = operation({
  id: "consoles/open-console",
  service: "root",
  route: "GET /console",
  access: "public",
  calls: ["GetItem"],
  answer: "consolePage",
  async run({ query, now }, world) {
    const { consoles, servers } = world.backend();
    const grant = await consoles.find(tokenIn(query), now);
    if (!grant) throw new Fault({ kind: "unauthenticated" });
    const server = await servers.get(grant.project, grant.server, now);
    if (server.consoleEpoch !== grant.epoch) throw new Fault({ kind: "unauthenticated" });
    return server;
  },
});

/** xvpvnc's address has it in the query; novnc's in the `path` that noVNC is to ask for (E-33). */
function tokenIn(query: URLSearchParams): string {
  const inner = new URLSearchParams(query.get("path")?.replace(/^\?/, "") ?? "");
  return query.get("token") ?? inner.get("token") ?? "";
}

export const handler = lambda(openConsole);
