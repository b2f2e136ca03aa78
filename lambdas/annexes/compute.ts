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
  },
} satisfies Annex;

export const handler = annex(computeAnnex);
