import { operation } from "../../http/operation.ts";

/** There are none, and none can be made. */
export const listBackupDetails = operation({
  id: "volume/list-backup-details",
  service: "volume",
  route: "GET /backups/detail",
  access: { rule: "backup:get_all", role: "reader" },
  dynamoCalls: [],
  answer: "ok",
  run: async () => ({ backups: [] }),
});
