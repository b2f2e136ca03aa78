import type { Item } from "../../database/item.ts";
import type { Rule } from "../model/lifecycle-rule.ts";
import { unlaunchedAttribute, unplacedAttribute } from "./server-item.ts";

interface PreconditionFragment {
  readonly condition: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

/**
 * `checkPreconditions` as a DynamoDB condition, for a server at rest. Uses `#to`, `#due` and `:now`
 * of the caller.
 */
export function preconditionFragment({
  from,
  needsHost,
  allowsUnlaunched,
}: Pick<Rule, "from" | "needsHost" | "allowsUnlaunched">): PreconditionFragment {
  const origins = from.map((state, i) => [`:from${i}`, { S: state }] as const);
  return {
    condition: `#due <= :now AND #to IN (${origins.map(([placeholder]) => placeholder).join(", ")})${
      needsHost ? " AND attribute_not_exists(#unplaced)" : ""
    }${allowsUnlaunched ? "" : " AND attribute_not_exists(#unlaunched)"}`,
    names: {
      ...(needsHost && { "#unplaced": unplacedAttribute }),
      ...(!allowsUnlaunched && { "#unlaunched": unlaunchedAttribute }),
    },
    values: Object.fromEntries(origins),
  };
}
