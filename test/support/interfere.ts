import type { TestCloud } from "./cloud.ts";

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: {
    readonly Key?: Readonly<Record<string, { readonly S?: string }>>;
    readonly Item?: Readonly<Record<string, { readonly S?: string }>>;
  };
}

/** Runs `change` once, before the next command of a kind on an item of a partition. */
export function interfere(
  { table }: TestCloud,
  kind: "PutItem" | "DeleteItem",
  partition: string,
  change: () => Promise<unknown>,
): void {
  const send = table.db.send.bind(table.db) as (command: unknown) => Promise<unknown>;
  let isPending = true;
  const intercepted = async (command: Command) => {
    const { Key, Item } = command.input;
    const isMeant =
      command.constructor.name === `${kind}Command` &&
      (Key ?? Item)?.["pk"]?.S?.startsWith(partition) === true;
    if (isMeant && isPending) {
      isPending = false;
      await change();
    }
    return send(command);
  };
  Object.assign(table.db, { send: intercepted });
}
