import { readFile } from "node:fs/promises";
import type { PageFiles, PageKind } from "../console/model/page.ts";
import type { ConsolePages } from "./environment.ts";

interface PageIndex {
  readonly pages: Readonly<Record<PageKind, PageFiles>>;
  readonly types: Readonly<Record<string, string>>;
}

/** The pages in a folder, as infra/pages/build.ts has made it. Nothing is opened that its index does not name. */
export function pageFilesIn(folder: () => Promise<string>): ConsolePages {
  let index: Promise<PageIndex> | undefined;
  const readIndex = () => {
    index ??= folder()
      .then((path) => readFile(`${path}/index.json`, "utf8"))
      .then((text) => JSON.parse(text) as PageIndex)
      .catch((cause) => {
        // whoever asks next finds out anew
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
