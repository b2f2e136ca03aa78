import { createHash } from "node:crypto";
import type { ConsoleGrant } from "../../compute/model/console-grant.ts";
import type { Table } from "../../database/table.ts";
import { putItem, readItem } from "../../database/update.ts";
import type { ConsoleGrants } from "../../ports/backend.ts";

/** The token itself is not stored (nova/objects/console_auth_token.py:72). */
const grantKey = (token: string) => ({
  pk: { S: `CONSOLE#${createHash("sha256").update(token).digest("hex")}` },
  sk: { S: "TOKEN" },
});

export function consoleGrantsIn(table: Table): ConsoleGrants {
  return {
    async add(token, grant) {
      await putItem(table, {
        ...grantKey(token),
        // only for DynamoDB's cleanup
        expires: { N: String(Math.ceil(grant.expires / 1000)) },
        d: { S: JSON.stringify(grant) },
      });
    },

    async find(token, now) {
      const item = await readItem(table, grantKey(token));
      if (!item?.["d"]?.S) return null;
      // older grants have no user
      const grant: ConsoleGrant = { user: "", overLock: false, ...JSON.parse(item["d"].S) };
      return grant.expires > now ? grant : null;
    },
  };
}
