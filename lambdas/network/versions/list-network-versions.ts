import { operation } from "../../http/operation.ts";
import { networkVersionsView } from "./views.ts";

export const listNetworkVersions = operation({
  id: "network/list-network-versions",
  service: "root",
  route: "GET /network",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async (call) => networkVersionsView(call),
});
