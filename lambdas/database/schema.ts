/** The keys of the one table: the stack, the local engine and the tests create it from these. */
export const tableSchema = { partition: "pk", sort: "sk", expiry: "expires" } as const;

/** The input of `CreateTable`. */
export const tableDefinition = (TableName: string) => ({
  TableName,
  BillingMode: "PAY_PER_REQUEST" as const,
  KeySchema: [
    { AttributeName: tableSchema.partition, KeyType: "HASH" as const },
    { AttributeName: tableSchema.sort, KeyType: "RANGE" as const },
  ],
  AttributeDefinitions: [tableSchema.partition, tableSchema.sort].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S" as const,
  })),
});
