import { DeleteCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Instant } from "../../lambdas/core/instant.ts";
import { tableSchema } from "../../lambdas/database/schema.ts";
import type { Table } from "../../lambdas/database/table.ts";

/** Deletes expired items, like DynamoDB's TTL, which no local engine implements alike. */
export async function deleteExpiredItems(
  { name, documentClient }: Table,
  now: Instant,
): Promise<number> {
  const values = { ":now": Math.floor(now / 1_000) };
  const pages = paginateScan(
    { client: documentClient },
    {
      TableName: name,
      FilterExpression: "#expiry <= :now",
      ProjectionExpression: "pk, sk",
      ExpressionAttributeNames: { "#expiry": tableSchema.expiry },
      ExpressionAttributeValues: values,
    },
  );
  let deletedCount = 0;
  for await (const { Items = [] } of pages)
    for (const { pk, sk } of Items) {
      await documentClient.send(new DeleteCommand({ TableName: name, Key: { pk, sk } }));
      deletedCount++;
    }
  return deletedCount;
}
