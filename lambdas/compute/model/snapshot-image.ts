import type { Instant } from "../../core/instant.ts";
import { type Image, imageDefaults } from "../../image/model/image.ts";
import { faultHints, withDelay } from "./fault-injection.ts";
import { beginMotion, ruleOf } from "./lifecycle.ts";
import type { Server } from "./server.ts";

interface SnapshotRequest {
  readonly kind: SnapshotKind;
  readonly id: string;
  readonly name: string;
  /** The caller; an administrator's image belongs to the caller's project. */
  readonly user: string;
  readonly project: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly now: Instant;
}

/** Backups of one `type`, such as "daily", rotate. */
export type SnapshotKind =
  | { readonly action: "createImage" }
  | { readonly action: "createBackup"; readonly type: string };

/** Provenance, set anew by each snapshot. */
const ownProperties = ["instance_uuid", "user_id", "image_type", "base_image_ref", "boot_roles"];

/** Valid for the base image's bytes only (nova/compute/utils.py:64, nova/conf/compute.py:55). */
const baseImageProperties = [
  "cinder_encryption_key_id",
  "cinder_encryption_key_deletion_policy",
  "img_signature",
  "img_signature_hash_method",
  "img_signature_key_type",
  "img_signature_certificate_uuid",
  "cache_in_nova",
  "bittorrent",
];

const isInherited = (key: string): boolean =>
  !ownProperties.includes(key) &&
  !baseImageProperties.includes(key) &&
  !key.startsWith("os_glance");

const gibibyteBytes = 1024 ** 3;

/** nova/compute/utils.py:1253 create_image. The upload runs during the last leg of the action. */
export function toSnapshotImage(
  server: Server,
  base: Image | null,
  request: SnapshotRequest,
): Image {
  const { kind, id, name, user, project, metadata, now } = request;
  const upload = ruleOf(kind.action).legs.at(-1);
  const endsAt = withDelay(beginMotion(kind.action, server.motion, now), faultHints(server)).due;
  const inherited = Object.entries(base?.properties ?? {}).filter(([key]) => isInherited(key));
  return {
    ...imageDefaults,
    id,
    name,
    owner: project,
    visibility: project === server.project ? "private" : "shared",
    ...(project !== server.project && {
      members: { [server.project]: { status: "pending", created: now, updated: now } },
    }),
    diskFormat: base?.diskFormat ?? "qcow2",
    containerFormat: base?.containerFormat ?? "bare",
    minDisk: Math.max(base?.minDisk ?? 0, server.flavor?.disk ?? 0),
    minRam: base?.minRam ?? 0,
    properties: {
      ...Object.fromEntries(inherited),
      instance_uuid: server.id,
      user_id: user,
      image_type: kind.action === "createBackup" ? "backup" : "snapshot",
      ...(project !== server.project && { instance_owner: server.project }),
      owner_id: project,
      image_location: "snapshot",
      image_state: "available",
      ...(server.image && { base_image_ref: server.image.id }),
      ...metadata,
      ...(kind.action === "createBackup" && { backup_type: kind.type }),
    },
    created: now,
    updated: now,
    upload: {
      begins: endsAt - (upload?.durationMs ?? 0),
      ends: endsAt,
      size: base?.size ?? (server.flavor?.disk ?? 1) * gibibyteBytes,
    },
  };
}
