import { annex } from "../http/annex.ts";
import type { Annex } from "../http/operation.ts";

/** What of Nova is beside the servers: their administration, and what they are made of. */
export const computeAnnex = {
  id: "annexes/compute",
  doors: ["/v2.1", "/v2.1/{project_id}", "/v2/{project_id}"],
  operations: {
    "DELETE /servers/{server_id}/os-server-password": async () =>
      (await import("../servers/clear-server-password.ts")).clearServerPassword,
    "GET /os-console-auth-tokens/{token}": async () =>
      (await import("../consoles/show-console-connection.ts")).showConsoleConnection,
    "GET /servers/{server_id}/diagnostics": async () =>
      (await import("../servers/show-server-diagnostics.ts")).showServerDiagnostics,
    "GET /servers/{server_id}/migrations": async () =>
      (await import("../servers/list-server-migrations.ts")).listServerMigrations,
    "GET /servers/{server_id}/os-server-password": async () =>
      (await import("../servers/show-server-password.ts")).showServerPassword,
    "GET /servers/{server_id}/topology": async () =>
      (await import("../servers/show-server-topology.ts")).showServerTopology,
    "GET /flavors/{flavor_id}/os-extra_specs": async () =>
      (await import("../flavors/list-extra-specs.ts")).listExtraSpecs,
    "GET /os-security-groups": async () =>
      (await import("../servers/security-groups/list-groups.ts")).listGroups,
    "GET /os-security-groups/{group_id}": async () =>
      (await import("../servers/security-groups/show-group.ts")).showGroup,
    "GET /servers/{server_id}/ips": async () =>
      (await import("../servers/list-addresses.ts")).listAddresses,
    "GET /servers/{server_id}/ips/{network}": async () =>
      (await import("../servers/show-addresses.ts")).showAddresses,
    "GET /servers/{server_id}/os-interface": async () =>
      (await import("../servers/interfaces/list-interfaces.ts")).listInterfaces,
    "POST /servers/{server_id}/os-interface": async () =>
      (await import("../servers/interfaces/attach-interface.ts")).attachInterface,
    "DELETE /servers/{server_id}/os-interface/{port_id}": async () =>
      (await import("../servers/interfaces/detach-interface.ts")).detachInterface,
    "GET /servers/{server_id}/os-interface/{port_id}": async () =>
      (await import("../servers/interfaces/show-interface.ts")).showInterface,
    "GET /servers/{server_id}/os-security-groups": async () =>
      (await import("../servers/security-groups/list-server-groups.ts")).listServerGroups,
  },
} satisfies Annex;

export const handler = annex(computeAnnex);
