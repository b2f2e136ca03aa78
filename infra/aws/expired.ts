import { json } from "node:stream/consumers";
import { expiredStacks, type StackDescription } from "./expiry.ts";

/**
 * The names of the stacks whose time is up, a line each: what is told of all comes in, as from
 * `aws cloudformation describe-stacks`, and the day it is stands behind (docs/deploy.md).
 */
const { Stacks } = (await json(process.stdin)) as { readonly Stacks: readonly StackDescription[] };
for (const name of expiredStacks(process.argv[2] ?? "", Stacks)) console.log(name);
