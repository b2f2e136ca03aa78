import { PutItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { Instant } from "../../core/instant.ts";
import { reaching, type Table } from "../../database/table.ts";
import type { Revocations } from "../../ports/backend.ts";
import { marksOf, tokenLifetime } from "../model/identity.ts";

const partition = "REVOKED";

/**
 * How long, in milliseconds, a revocation made in another process may go unnoticed in this one.
 * keystonemiddleware's `token_cache_time` default is 300 s. See docs/decisions/0004.
 */
export const revocationLag = 5_000;

/**
 * The revoked tokens that have not yet run out are few: each process keeps the list of them and
 * reads it anew when it is older than the lag, so that a request pays for no look-up of its own.
 */
export function revocationsIn({ name, db }: Table): Revocations {
  /** By their marks, the instant up to which tokens with them are no good. */
  let known = new Map<string, Instant>();
  let read: Instant = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function readAll(now: Instant): Promise<void> {
    const pages = paginateQuery(
      { client: db },
      {
        TableName: name,
        KeyConditionExpression: "pk = :partition",
        ExpressionAttributeValues: { ":partition": { S: partition } },
        ConsistentRead: true,
      },
    );
    const found = new Map<string, Instant>();
    for await (const { Items = [] } of pages)
      for (const { sk, through } of Items)
        found.set(sk?.S ?? "", Number(through?.N ?? Number.POSITIVE_INFINITY));
    known = found;
    read = now;
  }

  return {
    async revoke(mark, through) {
      // by then all the tokens it is about have run out
      const expires = Math.ceil((through + tokenLifetime) / 1000);
      const Item = {
        pk: { S: partition },
        sk: { S: mark },
        expires: { N: String(expires) },
        through: { N: String(through) },
      };
      await reaching(db.send(new PutItemCommand({ TableName: name, Item })));
      known.set(mark, through);
    },

    async includes(token, now) {
      if (now - read >= revocationLag || now < read) {
        reading ??= readAll(now).finally(() => {
          reading = undefined;
        });
        await reaching(reading);
      }
      return marksOf(token).some((mark) => token.issued <= (known.get(mark) ?? -1));
    },
  };
}
