import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, extname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** Same from the sources and from the bundle in dist/local. */
const repositoryRoot = join(import.meta.dirname, "../..");

const contentTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

const bundledLicences = [
  [
    "noVNC 1.7.0, Mozilla Public License 2.0. Its source: https://github.com/novnc/noVNC",
    "@novnc/novnc/LICENSE.txt",
  ],
  ["pako, a part of noVNC", "@novnc/novnc/vendor/pako/LICENSE"],
  ["xterm.js 6.0.0", "@xterm/xterm/LICENSE"],
] as const;

/**
 * Writes the console pages to a folder: each file plain and compressed, under a name with its hash,
 * and an index (lambdas/http/console-page-files.ts).
 */
export async function buildPages(outdir: string): Promise<void> {
  const { build } = await import("esbuild");
  const notices = bundledLicences
    .map(
      ([what, file]) =>
        `${what}\n\n${readFileSync(join(repositoryRoot, "node_modules", file), "utf8")}`,
    )
    .join(`\n${"=".repeat(79)}\n\n`);
  const licence = `licences-${hashOf(notices).slice(0, 8)}.txt`;
  const { outputs } = (
    await build({
      absWorkingDir: repositoryRoot,
      entryPoints: { vnc: "infra/pages/vnc.ts", serial: "infra/pages/serial.ts" },
      entryNames: "[name]-[hash]",
      outdir,
      bundle: true,
      format: "esm",
      target: "es2022",
      minify: true,
      legalComments: "inline",
      banner: { js: `/*! Licences of what is bundled here: /console/assets/${licence} */` },
      metafile: true,
      logLevel: "warning",
    })
  ).metafile;
  writeFileSync(join(outdir, licence), notices);

  const fileNames = readdirSync(outdir);
  for (const name of fileNames) {
    const bytes = gzipSync(readFileSync(join(outdir, name)), { level: 9 });
    writeFileSync(join(outdir, `${name}.gz`), bytes);
  }
  const pages = Object.entries(outputs)
    .filter(([, { entryPoint }]) => entryPoint !== undefined)
    .map(([script, { entryPoint = "", cssBundle = "" }]) => {
      const files = { script: basename(script), style: basename(cssBundle), licence };
      return [basename(entryPoint, ".ts"), files];
    });
  const index = {
    pages: Object.fromEntries(pages),
    types: Object.fromEntries(fileNames.map((name) => [name, contentTypes[extname(name)]])),
  };
  writeFileSync(join(outdir, "index.json"), JSON.stringify(index));
}

/** The folder of the current pages; reuses the last one where nothing changed. */
export async function buildPagesIfChanged(): Promise<string> {
  const folder = join(repositoryRoot, "dist/local");
  const outdir = join(folder, `pages-${fingerprint()}`);
  if (existsSync(outdir)) return outdir;
  const temporaryFolder = `${outdir}.${process.pid}`;
  mkdirSync(temporaryFolder, { recursive: true });
  await buildPages(temporaryFolder);
  try {
    renameSync(temporaryFolder, outdir);
  } catch {
    // a concurrent process wrote it first
    rmSync(temporaryFolder, { recursive: true });
  }
  for (const old of readdirSync(folder))
    if (/^pages-\w+$/.test(old) && join(folder, old) !== outdir)
      rmSync(join(folder, old), { recursive: true, force: true });
  return outdir;
}

function fingerprint(): string {
  const sources = readdirSync(join(repositoryRoot, "infra/pages")).map(
    (name) => `infra/pages/${name}`,
  );
  const sourceTimes = [...sources, "lambdas/console/model/bytes.ts", "package-lock.json"].map(
    (file) => `${file}\0${statSync(join(repositoryRoot, file)).mtimeMs}`,
  );
  return hashOf(sourceTimes.join("\0")).slice(0, 12);
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
