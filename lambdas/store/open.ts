import type { Backend } from "../domain/backend.ts";
import { consolesIn } from "./consoles.ts";
import { keypairsIn } from "./keypairs.ts";
import { recordsIn } from "./records.ts";
import { revocationsIn } from "./revocations.ts";
import { roomsIn } from "./rooms.ts";
import { serverMetadataIn } from "./server-metadata.ts";
import { serverTagsIn } from "./server-tags.ts";
import { serverVolumesIn } from "./server-volumes.ts";
import { serversIn } from "./servers.ts";
import { openTable, type Table } from "./table.ts";

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
