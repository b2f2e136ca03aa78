import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Fault, noSuch } from "../../core/fault.ts";
import { reaching, type Table } from "../../database/table.ts";
import type { Keypairs } from "../../ports/backend.ts";
import type { Keypair } from "../model/keypair.ts";

const keyOf = (user: string, name: string) => ({ pk: `KEYPAIRS#${user}`, sk: name });

/** No name is longer, and a key of the table may not be much. */
const longestName = 255;

/** A user's keypairs share a partition, in the order of their names. */
export function keypairsIn(table: Table): Keypairs {
  const TableName = table.name;
  return {
    async add(keypair) {
      const Item = { ...keyOf(keypair.user, keypair.name), ...keypair };
      try {
        await reaching(
          table.documents.send(
            new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(pk)" }),
          ),
        );
      } catch (cause) {
        if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
        throw new Fault({ kind: "taken", what: "keypair", id: keypair.name }, { cause });
      }
    },

    async find(user, name) {
      if (name.length > longestName) return null;
      const Key = keyOf(user, name);
      const { Item } = await reaching(
        table.documents.send(new GetCommand({ TableName, Key, ConsistentRead: true })),
      );
      return Item ? decode(Item as Row) : null;
    },

    async list(user) {
      const { Items = [] } = await reaching(
        table.documents.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: "pk = :user",
            ExpressionAttributeValues: { ":user": keyOf(user, "").pk },
            ConsistentRead: true,
          }),
        ),
      );
      return (Items as Row[]).map(decode);
    },

    async remove(user, name) {
      try {
        if (name.length > longestName) throw missing(user, name);
        await reaching(
          table.documents.send(
            new DeleteCommand({
              TableName,
              Key: keyOf(user, name),
              ConditionExpression: "attribute_exists(pk)",
            }),
          ),
        );
      } catch (cause) {
        if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
        throw missing(user, name);
      }
    },
  };
}

const missing = (user: string, name: string): Fault =>
  noSuch("keypair", name, `Keypair ${name} not found for user ${user}`);

/** What is older has no type: it is of the only one there was. */
type Row = Omit<Keypair, "type"> &
  Partial<Pick<Keypair, "type">> & { readonly pk: string; readonly sk: string };

const decode = ({ pk: _pk, sk: _sk, ...keypair }: Row): Keypair => ({ type: "ssh", ...keypair });
