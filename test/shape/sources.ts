import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export const root = join(import.meta.dirname, "../..");

export interface Import {
  /** Relative to the repository for our own files, else the package. */
  readonly from: string;
  readonly typeOnly: boolean;
}

export interface Source {
  readonly file: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

const statement =
  /^(import|export)\s+(type\s)?([^;"]*?)\bfrom\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\(\s*"([^"$]+)"/gm;

/** `import { type A, type B } from` imports no value. */
const namesOnlyTypes = (names: string): boolean =>
  names.includes("{") &&
  names
    .replace(/[{}\s]+/g, " ")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean)
    .every((name) => name.startsWith("type "));

export function readSource(file: string): Source {
  const text = readFileSync(join(root, file), "utf8");
  const imports = [...text.matchAll(statement)].map(
    ([, , typeKeyword, names = "", named, bare, lazy]) => {
      const from = named ?? bare ?? lazy ?? "";
      return {
        from: from.startsWith(".") ? relative(root, join(root, dirname(file), from)) : from,
        typeOnly: typeKeyword !== undefined || namesOnlyTypes(names),
      };
    },
  );
  return { file, text, imports };
}

export const listSources = (folder: string): readonly Source[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => join(folder, file))
    .sort()
    .map(readSource);

export const productSources: readonly Source[] = ["infra", "lambdas"].flatMap(listSources);
