import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";

export const listNetworkVersions = operation({
  id: "network/versions/list-network-versions",
  service: "root",
  route: "GET /network",
  access: "public",
  dynamoCalls: [],
  answer: "document",
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

export const handler = lambda(listNetworkVersions);
