import { createHash } from "node:crypto";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { ConsoleGrant } from "../../compute/model/console-grant.ts";
import { orUnavailable, type Table } from "../../database/table.ts";
import type { ConsoleGrants } from "../../ports/backend.ts";

/** The token itself is not stored (nova/objects/console_auth_token.py:72). */
const grantKey = (token: string) => ({
  pk: { S: `CONSOLE#${createHash("sha256").update(token).digest("hex")}` },
  sk: { S: "TOKEN" },
});

export function consoleGrantsIn({ name, db }: Table): ConsoleGrants {
  return {
    async add(token, grant) {
      const Item = {
        ...grantKey(token),
        // only for DynamoDB's cleanup
        expires: { N: String(Math.ceil(grant.expires / 1000)) },
        d: { S: JSON.stringify(grant) },
      };
      await orUnavailable(db.send(new PutItemCommand({ TableName: name, Item })));
    },

    async find(token, now) {
      const { Item } = await orUnavailable(
        db.send(
          new GetItemCommand({ TableName: name, Key: grantKey(token), ConsistentRead: true }),
        ),
      );
      if (!Item?.["d"]?.S) return null;
      // older grants have no user
      const grant: ConsoleGrant = { user: "", overLock: false, ...JSON.parse(Item["d"].S) };
      return grant.expires > now ? grant : null;
    },
  };
}
