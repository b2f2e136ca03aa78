import { annex } from "../http/function-group.ts";
import type { Annex } from "../http/operation.ts";

/** What stands beside a console's page. */
export const consoleAnnex = {
  id: "annexes/console",
  doors: ["/console"],
  operations: {
    "GET /assets/{name}": async () => (await import("../console/show-page-file.ts")).showPageFile,
    "GET /screen.png": async () =>
      (await import("../console/show-screen-picture.ts")).showScreenPicture,
    "GET /screen.txt": async () => (await import("../console/show-screen-text.ts")).showScreenText,
    "GET /serial.html": async () => (await import("../console/open-serial-page.ts")).openSerialPage,
    "GET /vnc_auto.html": async () => (await import("../console/open-vnc-page.ts")).openVncPage,
    "GET /vnc_lite.html": async () => (await import("../console/open-lite-page.ts")).openLitePage,
  },
} satisfies Annex;

export const handler = annex(consoleAnnex);
