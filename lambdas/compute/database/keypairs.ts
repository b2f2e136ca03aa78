import { isDeepStrictEqual } from "node:util";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Fault, notFound } from "../../core/fault.ts";
import { orFault, type Table } from "../../database/table.ts";
import type { Keypairs } from "../../ports/backend.ts";
import type { Keypair } from "../model/keypair.ts";

const keypairKey = (user: string, name: string) => ({ pk: `KEYPAIRS#${user}`, sk: name });

/** Nova's limit; a sort key allows 1024 bytes. */
const maxNameLength = 255;

/** A user's key pairs share a partition, sorted by name. */
export function keypairsIn(table: Table): Keypairs {
  const TableName = table.name;
  return {
    async add(keypair) {
      const Item = { ...keypairKey(keypair.user, keypair.name), ...keypair };
      try {
        await orFault(
          table.documentClient.send(
            new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(pk)" }),
          ),
        );
      } catch (cause) {
        if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
        // the response of a first attempt was lost
        const stored = wasRepeated(cause) ? await this.find(keypair.user, keypair.name) : null;
        if (isDeepStrictEqual(stored, keypair)) return;
        throw new Fault({ kind: "taken", what: "keypair", id: keypair.name }, { cause });
      }
    },

    async find(user, name) {
      if (name.length > maxNameLength) return null;
      const Key = keypairKey(user, name);
      const { Item } = await orFault(
        table.documentClient.send(new GetCommand({ TableName, Key, ConsistentRead: true })),
      );
      return Item ? decodeKeypair(Item as KeypairItem) : null;
    },

    async list(user) {
      const { Items = [] } = await orFault(
        table.documentClient.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: "pk = :user",
            ExpressionAttributeValues: { ":user": keypairKey(user, "").pk },
            ConsistentRead: true,
          }),
        ),
      );
      return (Items as KeypairItem[]).map(decodeKeypair);
    },

    async remove(user, name) {
      try {
        if (name.length > maxNameLength) throw keypairNotFound(user, name);
        await orFault(
          table.documentClient.send(
            new DeleteCommand({
              TableName,
              Key: keypairKey(user, name),
              ConditionExpression: "attribute_exists(pk)",
            }),
          ),
        );
      } catch (cause) {
        if (!(cause instanceof ConditionalCheckFailedException)) throw cause;
        if (!wasRepeated(cause)) throw keypairNotFound(user, name);
      }
    },
  };
}

/** The SDK repeats a command whose response was lost. */
const wasRepeated = ({ $metadata }: ConditionalCheckFailedException): boolean =>
  ($metadata.attempts ?? 1) > 1;

const keypairNotFound = (user: string, name: string): Fault =>
  notFound("keypair", name, `Keypair ${name} not found for user ${user}`);

/** Older items have no type. */
type KeypairItem = Omit<Keypair, "type"> &
  Partial<Pick<Keypair, "type">> & { readonly pk: string; readonly sk: string };

const decodeKeypair = ({ pk: _pk, sk: _sk, ...keypair }: KeypairItem): Keypair => ({
  type: "ssh",
  ...keypair,
});
