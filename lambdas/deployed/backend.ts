import { serverVolumesIn } from "../compute/database/attached-volumes.ts";
import { keypairsIn } from "../compute/database/keypairs.ts";
import { serverMetadataIn } from "../compute/database/server-metadata.ts";
import { serverTagsIn } from "../compute/database/server-tags.ts";
import { serversIn } from "../compute/database/servers.ts";
import { consolesIn } from "../console/database/console-grants.ts";
import { roomsIn } from "../console/database/console-sessions.ts";
import { recordsIn } from "../database/records.ts";
import { openTable, type Table } from "../database/table.ts";
import { revocationsIn } from "../identity/database/revocations.ts";
import type { Backend } from "../ports/backend.ts";

let opened: Backend | undefined;

/** The back end of a deployed function: its table is named by the stack. Opened on first use. */
export function openBackend(): Backend {
  opened ??= backendOn(openTable(process.env["TABLE"] ?? "novaless"));
  return opened;
}

export function backendOn(table: Table): Backend {
  return {
    servers: serversIn(table),
    serverMetadata: serverMetadataIn(table),
    serverTags: serverTagsIn(table),
    serverVolumes: serverVolumesIn(table),
    consoles: consolesIn(table),
    rooms: roomsIn(table),
    keypairs: keypairsIn(table),
    revocations: revocationsIn(table),
    records: recordsIn(table),
  };
}
