import type { Actions } from "../http/operation.ts";

/**
 * Every action of a server, a line each, by the key its body has. Each is a chunk of its own, loaded
 * when it is first asked for; `lambdas/operations.ts` is the register of all the rest.
 */
export const serverActions = {
  id: "servers/server-action",
  route: "POST /servers/{server_id}/action",
  actions: {
    addFixedIp: async () => (await import("../compute/servers/actions/add-fixed-ip.ts")).addFixedIp,
    addFloatingIp: async () =>
      (await import("../compute/servers/actions/add-floating-ip.ts")).addFloatingIp,
    addSecurityGroup: async () =>
      (await import("../compute/servers/actions/add-security-group.ts")).addSecurityGroup,
    changePassword: async () =>
      (await import("../compute/servers/actions/change-password.ts")).changePassword,
    createBackup: async () =>
      (await import("../compute/servers/actions/create-backup.ts")).createBackup,
    confirmResize: async () =>
      (await import("../compute/servers/actions/confirm-resize.ts")).confirmResize,
    createImage: async () =>
      (await import("../compute/servers/actions/create-image.ts")).createImage,
    evacuate: async () =>
      (await import("../compute/servers/actions/evacuate-server.ts")).evacuateServer,
    "os-getConsoleOutput": async () =>
      (await import("../compute/servers/actions/get-console-output.ts")).getConsoleOutput,
    "os-getRDPConsole": async () =>
      (await import("../compute/servers/actions/get-rdp-console.ts")).getRdpConsole,
    "os-getSerialConsole": async () =>
      (await import("../compute/servers/actions/get-serial-console.ts")).getSerialConsole,
    "os-getSPICEConsole": async () =>
      (await import("../compute/servers/actions/get-spice-console.ts")).getSpiceConsole,
    "os-getVNCConsole": async () =>
      (await import("../compute/servers/actions/get-vnc-console.ts")).getVncConsole,
    "os-resetState": async () =>
      (await import("../compute/servers/actions/reset-state.ts")).resetState,
    forceDelete: async () =>
      (await import("../compute/servers/actions/force-delete-server.ts")).forceDeleteServer,
    injectNetworkInfo: async () =>
      (await import("../compute/servers/actions/inject-network-info.ts")).injectNetworkInfo,
    "os-migrateLive": async () =>
      (await import("../compute/servers/actions/live-migrate-server.ts")).liveMigrateServer,
    lock: async () => (await import("../compute/servers/actions/lock-server.ts")).lockServer,
    migrate: async () =>
      (await import("../compute/servers/actions/migrate-server.ts")).migrateServer,
    pause: async () => (await import("../compute/servers/actions/pause-server.ts")).pauseServer,
    rebuild: async () =>
      (await import("../compute/servers/actions/rebuild-server.ts")).rebuildServer,
    removeFixedIp: async () =>
      (await import("../compute/servers/actions/remove-fixed-ip.ts")).removeFixedIp,
    removeFloatingIp: async () =>
      (await import("../compute/servers/actions/remove-floating-ip.ts")).removeFloatingIp,
    removeSecurityGroup: async () =>
      (await import("../compute/servers/actions/remove-security-group.ts")).removeSecurityGroup,
    reboot: async () => (await import("../compute/servers/actions/reboot-server.ts")).rebootServer,
    resetNetwork: async () =>
      (await import("../compute/servers/actions/reset-network.ts")).resetNetwork,
    restore: async () =>
      (await import("../compute/servers/actions/restore-server.ts")).restoreServer,
    shelve: async () => (await import("../compute/servers/actions/shelve-server.ts")).shelveServer,
    shelveOffload: async () =>
      (await import("../compute/servers/actions/shelve-offload-server.ts")).shelveOffloadServer,
    resize: async () => (await import("../compute/servers/actions/resize-server.ts")).resizeServer,
    resume: async () => (await import("../compute/servers/actions/resume-server.ts")).resumeServer,
    rescue: async () => (await import("../compute/servers/actions/rescue-server.ts")).rescueServer,
    revertResize: async () =>
      (await import("../compute/servers/actions/revert-resize.ts")).revertResize,
    "os-start": async () =>
      (await import("../compute/servers/actions/start-server.ts")).startServer,
    "os-stop": async () => (await import("../compute/servers/actions/stop-server.ts")).stopServer,
    suspend: async () =>
      (await import("../compute/servers/actions/suspend-server.ts")).suspendServer,
    trigger_crash_dump: async () =>
      (await import("../compute/servers/actions/trigger-crash-dump.ts")).triggerCrashDump,
    unlock: async () => (await import("../compute/servers/actions/unlock-server.ts")).unlockServer,
    unrescue: async () =>
      (await import("../compute/servers/actions/unrescue-server.ts")).unrescueServer,
    unshelve: async () =>
      (await import("../compute/servers/actions/unshelve-server.ts")).unshelveServer,
    unpause: async () =>
      (await import("../compute/servers/actions/unpause-server.ts")).unpauseServer,
  },
} satisfies Actions;
