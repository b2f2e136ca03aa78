/** The one table, said once: the stack makes it in AWS, the local engine and the tests here. */
export const schema = { partition: "pk", sort: "sk", expiry: "expires" } as const;

/** `CreateTable`'s input for an engine; the stack says the same to CloudFormation. */
export const tableDefinition = (TableName: string) => ({
  TableName,
  BillingMode: "PAY_PER_REQUEST" as const,
  KeySchema: [
    { AttributeName: schema.partition, KeyType: "HASH" as const },
    { AttributeName: schema.sort, KeyType: "RANGE" as const },
  ],
  AttributeDefinitions: [schema.partition, schema.sort].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S" as const,
  })),
});
