import { operation } from "../../http/operation.ts";
import { identityV3 } from "./identity-versions.ts";

export const showIdentityV3 = operation({
  id: "identity/show-identity-v3",
  service: "root",
  route: "GET /identity/v3",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async ({ origin }) => ({ version: identityV3(origin) }),
});
