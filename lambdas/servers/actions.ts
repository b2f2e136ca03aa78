import type { Actions } from "../http/operation.ts";

/**
 * Every action of a server, a line each, by the key its body has. Each is a chunk of its own, loaded
 * when it is first asked for; `lambdas/operations.ts` is the register of all the rest.
 */
export const serverActions = {
  route: "POST /servers/{server_id}/action",
  actions: {
    createImage: async () => (await import("./actions/create-image.ts")).createImage,
    "os-getVNCConsole": async () => (await import("./actions/get-vnc-console.ts")).getVncConsole,
    reboot: async () => (await import("./actions/reboot-server.ts")).rebootServer,
    "os-start": async () => (await import("./actions/start-server.ts")).startServer,
    "os-stop": async () => (await import("./actions/stop-server.ts")).stopServer,
  },
} satisfies Actions;
