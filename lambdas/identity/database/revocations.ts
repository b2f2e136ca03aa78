import { PutItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { Instant } from "../../core/instant.ts";
import { orFault, type Table } from "../../database/table.ts";
import type { Revocations } from "../../ports/backend.ts";
import { revocationKeysOf, tokenLifetimeMs } from "../model/identity.ts";

const revokedPartition = "REVOKED";

/** Milliseconds until a process notices another's revocation (docs/decisions/0004). */
export const revocationLagMs = 5_000;

/** Each process caches the list, so that a request costs no read of its own. */
export function revocationsIn({ name, db }: Table): Revocations {
  /** Tokens issued up to this instant are revoked. */
  let revokedThrough = new Map<string, Instant>();
  let readAt: Instant = Number.NEGATIVE_INFINITY;
  let pendingRead: Promise<void> | undefined;

  async function readAll(now: Instant): Promise<void> {
    const pages = paginateQuery(
      { client: db },
      {
        TableName: name,
        KeyConditionExpression: "pk = :partition",
        ExpressionAttributeValues: { ":partition": { S: revokedPartition } },
        ConsistentRead: true,
      },
    );
    const found = new Map<string, Instant>();
    for await (const { Items = [] } of pages)
      for (const { sk, through } of Items)
        found.set(sk?.S ?? "", Number(through?.N ?? Number.POSITIVE_INFINITY));
    revokedThrough = found;
    readAt = now;
  }

  return {
    async revoke(key, through) {
      // all affected tokens have expired by then
      const expires = Math.ceil((through + tokenLifetimeMs) / 1000);
      const Item = {
        pk: { S: revokedPartition },
        sk: { S: key },
        expires: { N: String(expires) },
        through: { N: String(through) },
      };
      await orFault(db.send(new PutItemCommand({ TableName: name, Item })));
      revokedThrough.set(key, through);
    },

    async isRevoked(token, now) {
      if (now - readAt >= revocationLagMs || now < readAt) {
        pendingRead ??= readAll(now).finally(() => {
          pendingRead = undefined;
        });
        await orFault(pendingRead);
      }
      return revocationKeysOf(token).some((key) => token.issued <= (revokedThrough.get(key) ?? -1));
    },
  };
}
