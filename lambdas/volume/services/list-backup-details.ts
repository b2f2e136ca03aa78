import { operation } from "../../http/operation.ts";

/** Always empty: backups are not implemented. */
export const listBackupDetails = operation({
  id: "volume/list-backup-details",
  service: "volume",
  route: "GET /backups/detail",
  access: { rule: "backup:get_all", role: "reader" },
  dynamoCalls: [],
  answer: "ok",
  run: async () => ({ backups: [] }),
});
