import type { Fragment } from "../../database/update.ts";
import type { Rule } from "../model/lifecycle-rule.ts";
import { unlaunchedAttribute, unplacedAttribute } from "./server-item.ts";

/**
 * `checkPreconditions` as a DynamoDB condition, for a server at rest. Uses `#to`, `#due` and `:now`
 * of the caller.
 */
export function preconditionFragment({
  from,
  needsHost,
  allowsUnlaunched,
}: Pick<Rule, "from" | "needsHost" | "allowsUnlaunched">): Fragment {
  const origins = from.map((state, i) => [`:from${i}`, { S: state }] as const);
  return {
    when: [
      "#due <= :now",
      `#to IN (${origins.map(([placeholder]) => placeholder).join(", ")})`,
      ...(needsHost ? ["attribute_not_exists(#unplaced)"] : []),
      ...(allowsUnlaunched ? [] : ["attribute_not_exists(#unlaunched)"]),
    ],
    names: {
      ...(needsHost && { "#unplaced": unplacedAttribute }),
      ...(!allowsUnlaunched && { "#unlaunched": unlaunchedAttribute }),
    },
    values: Object.fromEntries(origins),
  };
}
