import { operation } from "../../http/operation.ts";
import { identityV3 } from "./identity-versions.ts";

export const listIdentityVersions = operation({
  id: "identity/list-identity-versions",
  service: "root",
  route: "GET /identity",
  function: "own",
  access: "public",
  dynamoCalls: [],
  answer: "multipleChoices",
  run: async ({ origin }) => ({ versions: { values: [identityV3(origin)] } }),
});
