import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { identityV3 } from "./identity-versions.ts";

export const showIdentityV3 = operation({
  id: "identity/versions/show-identity-v3",
  service: "root",
  route: "GET /identity/v3",
  access: "public",
  dynamoCalls: [],
  answer: "document",
  run: async ({ origin }) => ({ version: identityV3(origin) }),
});

export const handler = lambda(showIdentityV3);
