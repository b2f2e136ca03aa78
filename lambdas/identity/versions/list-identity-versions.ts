import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { identityV3 } from "./identity-versions.ts";

export const listIdentityVersions = operation({
  id: "identity/versions/list-identity-versions",
  service: "root",
  route: "GET /identity",
  access: "public",
  dynamoCalls: [],
  answer: "choices",
  run: async ({ origin }) => ({ versions: { values: [identityV3(origin)] } }),
});

export const handler = lambda(listIdentityVersions);
