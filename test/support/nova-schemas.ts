import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Nova's schemas, if present beside the repository. */
const schemasFolder = join(
  process.env["NOVA_SCHEMAS"] ?? resolve(import.meta.dirname, "../../../shared"),
  "conformance/request-schemas",
);

export const hasNovaSchemas = existsSync(schemasFolder);

if (!hasNovaSchemas)
  console.warn("Nova's own schemas are not beside the repository: nothing is compared with them.");

/** "servers.create" is the body schema of POST /servers. */
export const readNovaSchema = (name: string): object =>
  JSON.parse(readFileSync(join(schemasFolder, `${name}.json`), "utf8"));
