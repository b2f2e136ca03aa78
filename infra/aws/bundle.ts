import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { buildPages } from "../pages/build.ts";
import { functionModule, moduleOf } from "../register/function-module.ts";
import { bundledModuleIds, provisioningFunction } from "./function-permissions.ts";

const repositoryRoot = resolve(import.meta.dirname, "../..");

/**
 * On Node 24 an ESM import of node:http reads the module's lazy getters (`WebSocket` and two more)
 * and loads undici: 30 ms of a cold start. `getBuiltinModule` does not.
 */
const lazyBuiltinsPlugin: Plugin = {
  name: "lazy-builtins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(http|https|http2)$/ }, ({ path }) => ({
      path: path.replace("node:", ""),
      namespace: "builtin",
    }));
    onLoad({ filter: /.*/, namespace: "builtin" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule("node:${path}")`,
    }));
  },
};

/**
 * Lambda puts a function's credentials into its environment. The SDK's other providers, with
 * clients for STS and SSO, are 90 KB that never load.
 */
const environmentCredentialsPlugin: Plugin = {
  name: "environment-credentials",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ path }) => ({
      path,
      namespace: "credentials",
    }));
    onLoad({ filter: /.*/, namespace: "credentials" }, () => ({
      contents: `export const defaultProvider = () => async () => ({
        accessKeyId: process.env.AWS_ACCESS_KEY_ID,
        secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
        sessionToken: process.env.AWS_SESSION_TOKEN,
      });`,
    }));
  },
};

/** Functions have no source file: their module text is made from the register. */
const functionModules: Plugin = {
  name: "function-modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^function:/ }, ({ path }) => ({
      path: path.replace("function:", ""),
      namespace: "function",
    }));
    onLoad({ filter: /.*/, namespace: "function" }, ({ path }) => ({
      contents: functionModule(path),
      resolveDir: resolve(repositoryRoot, "lambdas"),
    }));
  },
};

/**
 * Bundles every function in one call, so that functions share chunks. A dynamic import (an action,
 * the SDK's credential providers) becomes a chunk that loads on demand. The console pages are
 * written beside them. `module` precedes `main`, because the SDK's CommonJS is larger and slower.
 */
export async function bundle(outdir: string): Promise<Metafile> {
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: repositoryRoot,
    entryPoints: Object.fromEntries(
      bundledModuleIds.map((id) => [
        id,
        id === provisioningFunction.id ? `lambdas/${id}.ts` : moduleOf(id),
      ]),
    ),
    outdir,
    outExtension: { ".js": ".mjs" },
    chunkNames: "chunks/[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    minify: true,
    legalComments: "none",
    plugins: [lazyBuiltinsPlugin, environmentCredentialsPlugin, functionModules],
    metafile: true,
    logLevel: "warning",
  });
  mkdirSync(resolve(outdir, "pages"));
  await buildPages(resolve(outdir, "pages"));
  return metafile;
}
