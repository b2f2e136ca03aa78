import { readFile } from "node:fs/promises";
import type { PageFiles, PageKind } from "../console/model/page.ts";
import type { Pages } from "./environment.ts";

interface Index {
  readonly pages: Readonly<Record<PageKind, PageFiles>>;
  readonly types: Readonly<Record<string, string>>;
}

/** The pages in a folder, as infra/pages/build.ts has made it. Nothing is opened that its index does not name. */
export function pagesIn(folder: () => Promise<string>): Pages {
  let index: Promise<Index> | undefined;
  const indexed = () => {
    index ??= folder()
      .then((path) => readFile(`${path}/index.json`, "utf8"))
      .then((text) => JSON.parse(text) as Index)
      .catch((cause) => {
        // whoever asks next finds out anew
        index = undefined;
        throw cause;
      });
    return index;
  };
  return {
    of: async (kind) => (await indexed()).pages[kind],
    async file(name, canGunzip) {
      const { types } = await indexed();
      const type = Object.hasOwn(types, name) ? types[name] : undefined;
      if (type === undefined) return null;
      const bytes = await readFile(`${await folder()}/${name}${canGunzip ? ".gz" : ""}`);
      return { bytes, type, isGzip: canGunzip };
    },
  };
}
