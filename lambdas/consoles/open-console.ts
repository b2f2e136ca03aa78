import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { admitted, tokenIn } from "./admission.ts";

/** The page at a console's address: the token in it is the credential (S1-14, S1-15). */
export const openConsole = operation({
  id: "consoles/open-console",
  service: "root",
  route: "GET /console",
  access: "public",
  calls: ["GetItem"],
  answer: "consolePage",
  async run({ query, now }, world) {
    const { server } = await admitted(tokenIn(query), world.backend(), now);
    return server;
  },
});

export const handler = lambda(openConsole);
