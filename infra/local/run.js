/**
 * `node infra/local/run.js ENTRY.ts …`: runs a TypeScript entry as one bundle. Plain JavaScript, for it is
 * what runs before there is anything to strip types with: bundled, the cloud is ready sooner than from its
 * sources and takes 40 MB less. See docs/decisions/0007.
 */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [node = "", , entry = "", ...rest] = process.argv;
const root = join(import.meta.dirname, "../..");
const bundle = join(root, "dist/local", `${basename(entry, ".ts")}-${process.pid}.mjs`);

process.argv = [node, basename(entry), ...rest];
const tidy = () => rmSync(bundle, { force: true });
process.once("exit", tidy); // for an entry that ends before it is done
await import(pathToFileURL(bundled() ?? resolve(entry)).href);
tidy();

/** The bundle's path; null where there is no esbuild for the platform: then the sources run as they are. */
function bundled() {
  try {
    execFileSync(join(root, "node_modules/esbuild/bin/esbuild"), [
      entry,
      `--outfile=${bundle}`,
      ...["--bundle", "--platform=node", "--target=node22", "--format=esm", "--log-level=error"],
      ...["--main-fields=module,main", "--legal-comments=none"],
      ...["--external:dynalite", "--external:@aws-sdk/client-secrets-manager"],
    ]);
    return bundle;
  } catch (cause) {
    if (cause.code === "ENOENT" || cause.code === "EACCES") return null;
    throw cause;
  }
}
