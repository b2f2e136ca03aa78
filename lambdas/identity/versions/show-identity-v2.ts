import { operation } from "../../http/operation.ts";
import { identityV2 } from "./identity-versions.ts";

export const showIdentityV2 = operation({
  id: "identity/show-identity-v2",
  service: "root",
  route: "GET /identity/v2.0",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async ({ origin }) => ({ version: identityV2(origin) }),
});
