import type { AnyOperation } from "./http/operation.ts";
import { type DeclaredOperation, readRegister } from "./read-register.ts";

export interface RegisteredOperation extends DeclaredOperation {
  load(): Promise<AnyOperation>;
}

/**
 * Every operation, by its declared header; `load` imports the rest. A bundler replaces this module by a
 * table that it makes from the same headers (infra/register/tables.ts).
 */
export const register: readonly RegisteredOperation[] = readRegister(import.meta.dirname).map(
  (declared) => ({ ...declared, load: () => loadOperation(declared) }),
);

async function loadOperation({ file, exportName }: DeclaredOperation): Promise<AnyOperation> {
  // a variable, or a bundler would include every module that the pattern matches
  const path = `./${file}.ts`;
  const module: Record<string, AnyOperation | undefined> = await import(path);
  const operation = module[exportName];
  if (!operation) throw new Error(`${path} does not export ${exportName}.`);
  return operation;
}
