import { operation } from "../../http/operation.ts";

/** There are none, and none can be made. */
export const listBackups = operation({
  id: "volume/list-backups",
  service: "volume",
  route: "GET /backups",
  access: { rule: "backup:get_all", role: "reader" },
  dynamoCalls: [],
  answer: "ok",
  run: async () => ({ backups: [] }),
});
