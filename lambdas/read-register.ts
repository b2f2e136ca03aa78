import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { OperationHeader } from "./http/operation.ts";

/** An operation's header as its source file declares it. */
export interface DeclaredOperation extends OperationHeader {
  /** Path under lambdas/, without ".ts". */
  readonly file: string;
  /** The export that holds the declaration. */
  readonly exportName: string;
}

const declaration = /^export const (\w+) = operation\(\{\n([\s\S]*?)^\}\);/m;

/**
 * Reads the headers of all operations from the text of the files in a folder: importing them takes
 * thirty times as long. Header fields are literals, indented by two spaces; the shape test compares
 * every header with its imported declaration.
 */
export function readRegister(folder: string): DeclaredOperation[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replaceAll("\\", "/"))
    .sort()
    .flatMap((file) => readHeader(file, readFileSync(join(folder, file), "utf8")) ?? []);
}

function readHeader(file: string, source: string): DeclaredOperation | null {
  const [, exportName = "", fields = ""] = declaration.exec(source) ?? [];
  if (exportName === "") return null;
  const text = (name: string) => new RegExp(`^ {2}${name}: "([^"]*)"`, "m").exec(fields)?.[1];
  const required = (name: string): string => {
    const value = text(name);
    if (value !== undefined) return value;
    throw new Error(
      `${file}: ${name} must be a string literal: the register reads it from the text`,
    );
  };
  const calls = /^ {2}dynamoCalls: \[([^\]]*)\]/m.exec(fields)?.[1] ?? "";
  const [action, functionName, begins] = [text("action"), text("function"), text("begins")];
  return {
    file: file.replace(/\.ts$/, ""),
    exportName,
    id: required("id"),
    service: required("service") as OperationHeader["service"],
    route: required("route"),
    ...(action !== undefined && { action }),
    ...(functionName !== undefined && { function: functionName }),
    ...(begins !== undefined && { begins }),
    ...(/^ {2}signsTokens: true/m.test(fields) && { signsTokens: true as const }),
    isPublic: text("access") === "public",
    dynamoCalls: [...calls.matchAll(/"(\w+)"/g)].map(
      ([, call]) => call as OperationHeader["dynamoCalls"][number],
    ),
  };
}
