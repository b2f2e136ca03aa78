import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Nova's own schemas, which stand beside the repository where they are at all. */
const schemasFolder = join(
  process.env["NOVA_SCHEMAS"] ?? resolve(import.meta.dirname, "../../../shared"),
  "conformance/request-schemas",
);

export const hasNovaSchemas = existsSync(schemasFolder);

if (!hasNovaSchemas)
  console.warn("Nova's own schemas are not beside the repository: nothing is compared with them.");

/** "servers.create" is what Nova checks the body of POST /servers by. */
export const readNovaSchema = (name: string): object =>
  JSON.parse(readFileSync(join(schemasFolder, `${name}.json`), "utf8"));
