import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import { registerPlugin } from "../register/plugin.ts";
import { bundle } from "./bundle.ts";
import { dist } from "./dist.ts";

/**
 * Builds the content of the npm package: Node strips no types under node_modules, so the construct
 * is JavaScript with declarations, and the functions are bundled. It is as deep in the tree as its
 * source.
 */
const repositoryRoot = resolve(import.meta.dirname, "../..");
const buildFolder = resolve(repositoryRoot, "build");

rmSync(buildFolder, { recursive: true, force: true });
await bundle(dist);
await build({
  absWorkingDir: repositoryRoot,
  entryPoints: { "aws/index": "infra/aws/index.ts" },
  outdir: buildFolder,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node22",
  packages: "external",
  plugins: [registerPlugin({ withOperations: false })],
  logLevel: "warning",
});

// tsc reports types that operations do not export; they are no part of the package
const tsc = resolve(repositoryRoot, "node_modules/typescript/bin/tsc");
const emitOptions = ["--noEmit", "false", "--emitDeclarationOnly", "--declaration"];
spawnSync(process.execPath, [tsc, "-p", "infra/aws", ...emitOptions], { cwd: repositoryRoot });
rmSync(resolve(buildFolder, "types/lambdas"), { recursive: true });
