import { operation } from "../../http/operation.ts";
import { toKeystoneList } from "../list-engine.ts";

/** Always empty. */
export const listGroups = operation({
  id: "identity/list-groups",
  service: "identity",
  route: "GET /v3/groups",
  access: { rule: "identity:list_groups", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  run: async (call) => toKeystoneList("groups", [], call),
});
