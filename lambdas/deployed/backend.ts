import { serverVolumesIn } from "../compute/database/attached-volumes.ts";
import { keypairsIn } from "../compute/database/keypairs.ts";
import { serverMetadataIn } from "../compute/database/server-metadata.ts";
import { serverTagsIn } from "../compute/database/server-tags.ts";
import { serversIn } from "../compute/database/servers.ts";
import { consoleGrantsIn } from "../console/database/console-grants.ts";
import { consoleSessionsIn } from "../console/database/console-sessions.ts";
import { recordsIn } from "../database/records.ts";
import { openTable, type Table } from "../database/table.ts";
import { revocationsIn } from "../identity/database/revocations.ts";
import type { Backend } from "../ports/backend.ts";

let cachedBackend: Backend | undefined;

/** The backend of a deployed function, opened on first use. The stack names its table. */
export function deployedBackend(): Backend {
  cachedBackend ??= openBackend(openTable(process.env["TABLE"] ?? "novaless"));
  return cachedBackend;
}

export function openBackend(table: Table): Backend {
  return {
    servers: serversIn(table),
    serverMetadata: serverMetadataIn(table),
    serverTags: serverTagsIn(table),
    serverVolumes: serverVolumesIn(table),
    consoleGrants: consoleGrantsIn(table),
    consoleSessions: consoleSessionsIn(table),
    keypairs: keypairsIn(table),
    revocations: revocationsIn(table),
    records: recordsIn(table),
  };
}
