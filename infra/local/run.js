/**
 * `node infra/local/run.js ENTRY.ts …`: runs a TypeScript entry as one bundle. Plain JavaScript, for it is
 * what runs before there is anything to strip types with: bundled, the cloud is ready sooner than from its
 * sources and takes 40 MB less. See docs/decisions/0007.
 */
import { execFileSync } from "node:child_process";
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
await import(pathToFileURL(bundled() ?? resolve(entry)).href);

/**
 * The bundle's path: the one of last time where nothing has changed since, which is what most of a start
 * is spent on. null where there is no esbuild for the platform: then the sources run as they are.
 */
function bundled() {
  const name = basename(entry, ".ts");
  const bundle = join(folder, `${name}-${fingerprint()}.mjs`);
  if (existsSync(bundle)) return bundle;
  const fresh = `${bundle}.${process.pid}`;
  try {
    execFileSync(join(root, "node_modules/esbuild/bin/esbuild"), [
      entry,
      `--outfile=${fresh}`,
      ...["--bundle", "--platform=node", "--target=node22", "--format=esm", "--log-level=error"],
      ...["--main-fields=module,main", "--legal-comments=none"],
      ...[
        "--external:dynalite",
        "--external:ws",
        "--external:esbuild",
        "--external:@aws-sdk/client-secrets-manager",
      ],
    ]);
  } catch (cause) {
    if (cause.code === "ENOENT" || cause.code === "EACCES") return null;
    throw cause;
  }
  // whoever starts at the same time finds the whole of it or nothing
  renameSync(fresh, bundle);
  for (const old of readdirSync(folder))
    if (old.startsWith(`${name}-`) && old.endsWith(".mjs") && join(folder, old) !== bundle)
      rmSync(join(folder, old), { force: true });
  return bundle;
}

/** Of all that the bundle is made from: when each file was last written, and what npm has installed. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const top of ["lambdas", "infra/local", "infra/pages", "test/bench", "package-lock.json"]) {
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
