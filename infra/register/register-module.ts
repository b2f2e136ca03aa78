import { resolve } from "node:path";
import { type DeclaredOperation, readRegister } from "../../lambdas/read-register.ts";

const lambdas = resolve(import.meta.dirname, "../../lambdas");

/**
 * The text of the module that replaces lambdas/register.ts in a bundle, which has no sources to
 * read. `withOperations` bundles each operation as a chunk of its own.
 */
export function registerModule({
  folder = lambdas,
  withOperations,
}: {
  readonly folder?: string;
  readonly withOperations: boolean;
}): string {
  const entries = readRegister(folder).map(
    (declared) =>
      `{ ...${JSON.stringify(declared)}, load: ${withOperations ? loadText(declared) : notBundled} }`,
  );
  return `export const register = [\n${entries.join(",\n")}\n];\n`;
}

const notBundled = `() => Promise.reject(new Error("Operations are not part of this bundle."))`;

/** An expression that imports an operation, relative to lambdas/. */
export const loadText = ({
  file,
  exportName,
}: Pick<DeclaredOperation, "file" | "exportName">): string =>
  `() => import("./${file}.ts").then((module) => module.${exportName})`;
