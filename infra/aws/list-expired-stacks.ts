import { json } from "node:stream/consumers";
import { expiredStacks, type StackDescription } from "./stack-expiry.ts";

/**
 * Prints the names of expired stacks, from the output of `aws cloudformation describe-stacks` and a
 * date (docs/deploy.md).
 */
const { Stacks } = (await json(process.stdin)) as { readonly Stacks: readonly StackDescription[] };
for (const name of expiredStacks(process.argv[2] ?? "", Stacks)) console.log(name);
