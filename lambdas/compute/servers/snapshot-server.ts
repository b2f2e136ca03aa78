import { randomUUID } from "node:crypto";
import { badRequest, Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Environment } from "../../http/environment.ts";
import type { Caller } from "../../identity/model/identity.ts";
import type { Image } from "../../image/model/image.ts";
import { enforceImageLimits } from "../../image/repositories/image-access.ts";
import { imagesIn } from "../../image/repositories/images.ts";
import { isVolumeBacked } from "../model/attached-volume.ts";
import { type SnapshotKind, toSnapshotImage } from "../model/snapshot-image.ts";
import { getQuotas, limitOrInfinity } from "../repositories/quotas.ts";
import { transitionWith } from "./begin-action.ts";

interface SnapshotCall {
  readonly caller: Caller;
  readonly project: string;
  readonly path: { readonly server_id: string };
  readonly microversion: number;
  readonly requestId: string;
  readonly now: number;
}

interface SnapshotOptions {
  readonly kind: SnapshotKind;
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The image exists at once and is active after `ends` (E-37).
 * @calls GetItem, UpdateItem, PutItem
 */
export async function snapshotServer(
  call: SnapshotCall,
  environment: Environment,
  { kind, name, metadata }: SnapshotOptions,
): Promise<{ readonly image: string; readonly server: string; readonly ends: Instant }> {
  const { records } = environment.backend();
  const { now, caller, project } = call;
  if (call.microversion < 39) await assertSnapshotQuota(metadata, call, environment);
  const request = {
    kind,
    id: randomUUID(),
    name: name.trim(),
    user: caller.user.id,
    project,
    metadata,
    now,
  };
  const drafts: Image[] = [];
  const { id: server, motion } = await transitionWith(
    call,
    environment,
    kind.action,
    async (server) => {
      if (kind.action === "createBackup" && isVolumeBacked(server))
        throw badRequest("Backup is not supported for volume-backed instances.");
      const base = server.image && (await imagesIn(records).findById(server.image.id));
      drafts.push(enforceImageLimits(toSnapshotImage(server, base, request)));
      return { changes: {} };
    },
  );
  // the last draft matches the stored server
  const image = drafts.at(-1);
  if (image) await imagesIn(records).add(image);
  return { image: request.id, server, ends: motion.due };
}

/** Up to 2.38 (nova/api/openstack/common.py:282). */
async function assertSnapshotQuota(
  metadata: Readonly<Record<string, string>>,
  { project, now }: SnapshotCall,
  environment: Environment,
): Promise<void> {
  const count = Object.keys(metadata).length;
  if (count === 0) return;
  const { metadata_items: maxItems } = await getQuotas(environment.backend().records, project, now);
  if (count > limitOrInfinity(maxItems))
    throw new Fault({ kind: "denied", reason: "Image metadata limit exceeded" });
}
