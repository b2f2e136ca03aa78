/** The one table, said once: the stack makes it in AWS, the local engine and the tests here. */
export const tableSchema = { partition: "pk", sort: "sk", expiry: "expires" } as const;

/** `CreateTable`'s input for an engine; the stack says the same to CloudFormation. */
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
