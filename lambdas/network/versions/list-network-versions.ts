import { operation } from "../../http/operation.ts";

export const listNetworkVersions = operation({
  id: "network/list-network-versions",
  service: "root",
  route: "GET /network",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async ({ origin }) => ({
    versions: [
      {
        id: "v2.0",
        status: "CURRENT",
        links: [{ rel: "self", href: `${origin}/network/v2.0/` }],
      },
    ],
  }),
});
