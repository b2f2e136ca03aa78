import type { Actions } from "../http/operation.ts";

/**
 * Every action of a server, a line each, by the key its body has. Each is a chunk of its own, loaded
 * when it is first asked for; `lambdas/operations.ts` is the register of all the rest.
 */
export const serverActions = {
  id: "servers/server-action",
  route: "POST /servers/{server_id}/action",
  actions: {
    addFixedIp: async () => (await import("./actions/add-fixed-ip.ts")).addFixedIp,
    addFloatingIp: async () => (await import("./actions/add-floating-ip.ts")).addFloatingIp,
    addSecurityGroup: async () =>
      (await import("./actions/add-security-group.ts")).addSecurityGroup,
    changePassword: async () => (await import("./actions/change-password.ts")).changePassword,
    createBackup: async () => (await import("./actions/create-backup.ts")).createBackup,
    confirmResize: async () => (await import("./actions/confirm-resize.ts")).confirmResize,
    createImage: async () => (await import("./actions/create-image.ts")).createImage,
    evacuate: async () => (await import("./actions/evacuate-server.ts")).evacuateServer,
    "os-getConsoleOutput": async () =>
      (await import("./actions/get-console-output.ts")).getConsoleOutput,
    "os-getRDPConsole": async () => (await import("./actions/get-rdp-console.ts")).getRdpConsole,
    "os-getSerialConsole": async () =>
      (await import("./actions/get-serial-console.ts")).getSerialConsole,
    "os-getSPICEConsole": async () =>
      (await import("./actions/get-spice-console.ts")).getSpiceConsole,
    "os-getVNCConsole": async () => (await import("./actions/get-vnc-console.ts")).getVncConsole,
    "os-resetState": async () => (await import("./actions/reset-state.ts")).resetState,
    forceDelete: async () => (await import("./actions/force-delete-server.ts")).forceDeleteServer,
    injectNetworkInfo: async () =>
      (await import("./actions/inject-network-info.ts")).injectNetworkInfo,
    "os-migrateLive": async () =>
      (await import("./actions/live-migrate-server.ts")).liveMigrateServer,
    lock: async () => (await import("./actions/lock-server.ts")).lockServer,
    migrate: async () => (await import("./actions/migrate-server.ts")).migrateServer,
    pause: async () => (await import("./actions/pause-server.ts")).pauseServer,
    rebuild: async () => (await import("./actions/rebuild-server.ts")).rebuildServer,
    removeFixedIp: async () => (await import("./actions/remove-fixed-ip.ts")).removeFixedIp,
    removeFloatingIp: async () =>
      (await import("./actions/remove-floating-ip.ts")).removeFloatingIp,
    removeSecurityGroup: async () =>
      (await import("./actions/remove-security-group.ts")).removeSecurityGroup,
    reboot: async () => (await import("./actions/reboot-server.ts")).rebootServer,
    resetNetwork: async () => (await import("./actions/reset-network.ts")).resetNetwork,
    restore: async () => (await import("./actions/restore-server.ts")).restoreServer,
    shelve: async () => (await import("./actions/shelve-server.ts")).shelveServer,
    shelveOffload: async () =>
      (await import("./actions/shelve-offload-server.ts")).shelveOffloadServer,
    resize: async () => (await import("./actions/resize-server.ts")).resizeServer,
    resume: async () => (await import("./actions/resume-server.ts")).resumeServer,
    rescue: async () => (await import("./actions/rescue-server.ts")).rescueServer,
    revertResize: async () => (await import("./actions/revert-resize.ts")).revertResize,
    "os-start": async () => (await import("./actions/start-server.ts")).startServer,
    "os-stop": async () => (await import("./actions/stop-server.ts")).stopServer,
    suspend: async () => (await import("./actions/suspend-server.ts")).suspendServer,
    trigger_crash_dump: async () =>
      (await import("./actions/trigger-crash-dump.ts")).triggerCrashDump,
    unlock: async () => (await import("./actions/unlock-server.ts")).unlockServer,
    unrescue: async () => (await import("./actions/unrescue-server.ts")).unrescueServer,
    unshelve: async () => (await import("./actions/unshelve-server.ts")).unshelveServer,
    unpause: async () => (await import("./actions/unpause-server.ts")).unpauseServer,
  },
} satisfies Actions;
