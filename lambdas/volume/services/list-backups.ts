import { operation } from "../../http/operation.ts";

/** Always empty: backups are not implemented. */
export const listBackups = operation({
  id: "volume/list-backups",
  service: "volume",
  route: "GET /backups",
  access: { rule: "backup:get_all", role: "reader" },
  dynamoCalls: [],
  answer: "ok",
  run: async () => ({ backups: [] }),
});
