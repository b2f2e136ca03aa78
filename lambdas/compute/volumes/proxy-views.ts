import { toIsoMicros } from "../../core/times.ts";
import { limitSchema } from "../../http/page-limit.ts";
import type { SnapshotOfVolume, Volume } from "../../volume/model/volume.ts";

export function volumeShown(volume: Volume) {
  const attachment = volume.ties.find(({ status }) => status === "attached");
  return {
    id: volume.id,
    status: volume.status,
    size: volume.size,
    availabilityZone: volume.zone,
    createdAt: toIsoMicros(volume.created),
    attachments: [
      attachment
        ? {
            id: volume.id,
            volumeId: volume.id,
            serverId: attachment.server,
            ...(attachment.device !== null && { device: attachment.device }),
          }
        : {},
    ],
    displayName: volume.name,
    displayDescription: volume.description,
    volumeType: volume.type.name,
    snapshotId: volume.snapshot,
    metadata: volume.metadata,
  };
}

export const snapshotShown = ({ volume, snapshot }: SnapshotOfVolume) => ({
  id: snapshot.id,
  volumeId: volume.id,
  status: snapshot.status,
  size: snapshot.size,
  createdAt: toIsoMicros(snapshot.created),
  displayName: snapshot.name,
  displayDescription: snapshot.description,
});

export const pageQuery = {
  type: "object",
  properties: { limit: limitSchema, offset: limitSchema },
  additionalProperties: true,
} as const;

export function limited<Thing>(all: readonly Thing[], query: URLSearchParams): readonly Thing[] {
  const offset = Number(query.get("offset") ?? 0);
  return all.slice(offset, offset + (Number(query.get("limit") ?? 0) || 1000));
}

/** Cinder's order. */
export const newest = <Thing extends { readonly created: number }>(
  one: Thing,
  other: Thing,
): number => other.created - one.created;
