import { GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Users } from "../domain/backend.ts";
import type { Assignment, User } from "../domain/identity.ts";
import { reaching, type Table } from "./table.ts";

const partition = (id: string) => `USER#${id}`;
const nameKey = (name: string) => ({ pk: `USERNAME#default#${name}`, sk: "USER" });

/** Longer than any name there is, and than a key may be. */
const longestName = 255;

/** A user's record and role assignments share a partition, so that one query reads them all. */
export function usersIn({ name: TableName, documents }: Table): Users {
  async function withId(id: string): Promise<User | null> {
    if (id.length > longestName) return null;
    const { Items = [] } = await reaching(
      documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :user",
          ExpressionAttributeValues: { ":user": partition(id) },
          ConsistentRead: true,
        }),
      ),
    );
    return decode(Items as Row[]);
  }

  return {
    withId,

    async named(name) {
      if (name.length > longestName) return null;
      const { Item } = await reaching(
        documents.send(new GetCommand({ TableName, Key: nameKey(name), ConsistentRead: true })),
      );
      return Item ? withId(Item["id"]) : null;
    },

    async add(user) {
      for (const Item of encode(user))
        await reaching(documents.send(new PutCommand({ TableName, Item })));
    },
  };
}

type Row =
  | ({ pk: string; sk: "USER" } & Omit<User, "assignments">)
  | ({ pk: string; sk: `PROJECT#${string}` } & Assignment);

/** The name comes last: until it is there, the user cannot log in half made. */
const encode = ({ assignments, ...user }: User) => [
  ...assignments.map((assignment) => ({
    pk: partition(user.id),
    sk: `PROJECT#${assignment.project.id}#${assignment.role}`,
    ...assignment,
  })),
  { pk: partition(user.id), sk: "USER", ...user },
  { ...nameKey(user.name), id: user.id },
];

function decode(rows: readonly Row[]): User | null {
  const record = rows.find((row) => row.sk === "USER");
  if (!record) return null;
  const { pk: _pk, sk: _sk, ...user } = record;
  const assignments = rows
    .filter((row) => row.sk !== "USER")
    .map(({ project, role }) => ({ project, role }));
  return { ...user, assignments };
}
