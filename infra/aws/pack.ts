import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import { registerPlugin } from "../register/plugin.ts";
import { bundle } from "./bundle.ts";
import { dist } from "./dist.ts";

/**
 * What `npm pack` puts into the package: Node strips no types under node_modules, so the construct is
 * JavaScript there, with declarations, and the functions' bundles are made. It lies as deep as its source.
 */
const root = resolve(import.meta.dirname, "../..");
const buildFolder = resolve(root, "build");

rmSync(buildFolder, { recursive: true, force: true });
await bundle(dist);
await build({
  absWorkingDir: root,
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

// tsc writes what it can, and complains of what operations do not export: that is no part of the package
const tsc = resolve(root, "node_modules/typescript/bin/tsc");
const emitOptions = ["--noEmit", "false", "--emitDeclarationOnly", "--declaration"];
spawnSync(process.execPath, [tsc, "-p", "infra/aws", ...emitOptions], { cwd: root });
rmSync(resolve(buildFolder, "types/lambdas"), { recursive: true });
