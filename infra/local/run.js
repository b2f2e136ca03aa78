/**
 * `node infra/local/run.js ENTRY.ts …` runs a TypeScript entry as one bundle, which starts faster
 * than the sources and takes 40 MB less (docs/decisions/0007). Plain JavaScript: it runs before
 * types can be stripped.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import module from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [node = "", , entry = "", ...rest] = process.argv;
const root = join(import.meta.dirname, "../..");
const folder = join(root, "dist/local");

process.argv = [node, basename(entry), ...rest];
module.enableCompileCache?.(join(folder, "compiled"));
await import(pathToFileURL((await bundled()) ?? resolve(entry)).href);

/**
 * The bundle's path, null where the platform has no esbuild. Reuses the last bundle if nothing has
 * changed.
 */
async function bundled() {
  const name = basename(entry, ".ts");
  const bundle = join(folder, `${name}-${fingerprint()}.mjs`);
  if (existsSync(bundle)) return bundle;
  const esbuild = await import("esbuild").catch(() => null);
  if (!esbuild) return null;
  const fresh = `${bundle}.${process.pid}`;
  await esbuild.build({
    entryPoints: [entry],
    outfile: fresh,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "esm",
    logLevel: "error",
    mainFields: ["module", "main"],
    legalComments: "none",
    external: ["dynalite", "ws", "esbuild", "@aws-sdk/client-secrets-manager"],
    plugins: [await registerPlugin(esbuild)],
  });
  // a concurrent start finds a whole bundle or none
  renameSync(fresh, bundle);
  for (const old of readdirSync(folder))
    if (old.startsWith(`${name}-`) && old.endsWith(".mjs") && join(folder, old) !== bundle)
      rmSync(join(folder, old), { force: true });
  return bundle;
}

/** infra/register/plugin.ts, whose types Node 20 cannot strip. */
async function registerPlugin(esbuild) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, "infra/register/plugin.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
    define: { "import.meta.dirname": JSON.stringify(join(root, "infra/register")) },
  });
  const module = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return module.registerPlugin({ withOperations: true });
}

/** A hash of the times of the bundled files and of npm's installed packages. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const top of [
    "lambdas",
    "infra/local",
    "infra/pages",
    "infra/register",
    "test/bench",
    "package-lock.json",
  ]) {
    const at = join(root, top);
    const files = statSync(at).isFile() ? [at] : listing(at);
    for (const file of files) hash.update(`${file}\0${statSync(file).mtimeMs}\0`);
  }
  return hash.digest("hex").slice(0, 12);
}

function listing(at) {
  return readdirSync(at, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => join(at, file));
}
