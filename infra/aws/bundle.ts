import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { buildPages } from "../pages/build.ts";
import { functionModule, moduleOf } from "../register/function-module.ts";
import { bundledModuleIds, provisioningFunction } from "./functions.ts";

const root = resolve(import.meta.dirname, "../..");

/**
 * On Node 24 an ESM import of node:http reads that module's lazy getters (`WebSocket` and two more)
 * and so loads all of undici, some 30 ms of a cold start; getting it by name does not.
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
 * A function has its credentials in its environment, from Lambda. Of all the places where the SDK
 * would look for others, with clients for STS and SSO, none is any use there: 90 KB that never load.
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

/** The modules of functions have no file: their text is made from the register. */
const functionModules: Plugin = {
  name: "function-modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^function:/ }, ({ path }) => ({
      path: path.replace("function:", ""),
      namespace: "function",
    }));
    onLoad({ filter: /.*/, namespace: "function" }, ({ path }) => ({
      contents: functionModule(path),
      resolveDir: resolve(root, "lambdas"),
    }));
  },
};

/**
 * Every function in one folder, from one call: what functions share is shared, and what is imported
 * dynamically (an action, the SDK's credential providers) is a chunk that loads when it is asked for.
 * The console's pages are beside them. `module` before `main`, or esbuild takes the SDK's CommonJS, which is larger and slower.
 */
export async function bundle(outdir: string): Promise<Metafile> {
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
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
