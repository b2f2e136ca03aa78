import { readFile } from "node:fs/promises";
import type { PageFiles, PageKind } from "../console/model/page.ts";
import type { ConsolePages } from "./environment.ts";

interface PageIndex {
  readonly pages: Readonly<Record<PageKind, PageFiles>>;
  readonly types: Readonly<Record<string, string>>;
}

/**
 * Reads the pages that infra/pages/build.ts wrote into a folder. Only files in its index are
 * opened.
 */
export function pageFilesIn(folder: () => Promise<string>): ConsolePages {
  let index: Promise<PageIndex> | undefined;
  const readIndex = () => {
    index ??= folder()
      .then((path) => readFile(`${path}/index.json`, "utf8"))
      .then((text) => JSON.parse(text) as PageIndex)
      .catch((cause) => {
        // the next request tries again
        index = undefined;
        throw cause;
      });
    return index;
  };
  return {
    filesOf: async (kind) => (await readIndex()).pages[kind],
    async file(name, canGunzip) {
      const { types } = await readIndex();
      const type = Object.hasOwn(types, name) ? types[name] : undefined;
      if (type === undefined) return null;
      const bytes = await readFile(`${await folder()}/${name}${canGunzip ? ".gz" : ""}`);
      return { bytes, type, isGzip: canGunzip };
    },
  };
}
