import { annex } from "../http/annex.ts";
import type { Annex } from "../http/operation.ts";

/** What stands beside a console's page. */
export const consoleAnnex = {
  id: "annexes/console",
  doors: ["/console"],
  operations: {
    "GET /screen.png": async () =>
      (await import("../consoles/show-screen-picture.ts")).showScreenPicture,
    "GET /screen.txt": async () => (await import("../consoles/show-screen-text.ts")).showScreenText,
  },
} satisfies Annex;

export const handler = annex(consoleAnnex);
