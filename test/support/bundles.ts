import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { bundle } from "../../infra/aws/bundle.ts";
import { deployedFunctions, singleFunction } from "../../infra/aws/function-permissions.ts";

const root = resolve(import.meta.dirname, "../..");

export interface LoadedCode {
  readonly bytes: number;
  readonly sources: ReadonlySet<string>;
}

export async function bundleFunctions() {
  const folder = mkdtempSync(join(tmpdir(), "novaless-"));
  const dist = join(folder, "dist");
  const { outputs } = await bundle(dist);

  function closureOf(id: string, { lazy }: { readonly lazy: boolean }): LoadedCode {
    const seen = new Set<string>();
    const waiting = [relative(root, fileOf(id))];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      for (const { path, kind, external } of outputs[next]?.imports ?? [])
        if (!external && (lazy || kind !== "dynamic-import")) waiting.push(path);
    }
    const chunks = [...seen].map((path) => outputs[path]);
    return {
      bytes: chunks.reduce((sum, chunk) => sum + (chunk?.bytes ?? 0), 0),
      sources: new Set(chunks.flatMap((chunk) => Object.keys(chunk?.inputs ?? {}))),
    };
  }

  const fileOf = (id: string): string => join(dist, `${id}.mjs`);

  return {
    folder,
    dist,
    outputs,
    fileOf,
    closureOf,
    ids: [...deployedFunctions, singleFunction].map(({ id }) => id),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type FunctionBundles = Awaited<ReturnType<typeof bundleFunctions>>;
