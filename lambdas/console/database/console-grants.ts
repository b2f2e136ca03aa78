import { createHash } from "node:crypto";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { ConsoleGrant } from "../../compute/model/console-grant.ts";
import { orUnavailable, type Table } from "../../database/table.ts";
import type { ConsoleGrants } from "../../ports/backend.ts";

/** Only the token's SHA-256 is ever written (nova/objects/console_auth_token.py:72). */
const grantKey = (token: string) => ({
  pk: { S: `CONSOLE#${createHash("sha256").update(token).digest("hex")}` },
  sk: { S: "TOKEN" },
});

export function consoleGrantsIn({ name, db }: Table): ConsoleGrants {
  return {
    async add(token, grant) {
      const Item = {
        ...grantKey(token),
        // DynamoDB cleans up by this; nothing is decided by it
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
      // one of before consoles had power buttons has no user
      const grant: ConsoleGrant = { user: "", overLock: false, ...JSON.parse(Item["d"].S) };
      return grant.expires > now ? grant : null;
    },
  };
}
