import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { actionsList, updateLifecyclePage } from "./lifecycle-page.ts";

/** `npm run lifecycle` prints the life-cycle table; `-- --write` updates docs/lifecycle.md. */
const file = join(import.meta.dirname, "../../docs/lifecycle.md");
const [option] = process.argv.slice(2);

if (option === undefined) console.log(actionsList());
else if (option === "--write") writeFileSync(file, updateLifecyclePage(readFileSync(file, "utf8")));
else {
  console.error(`${option} is no option\n\nnpm run lifecycle [-- --write]`);
  process.exitCode = 1;
}
