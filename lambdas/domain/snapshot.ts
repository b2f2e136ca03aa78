import { blank, type Image } from "./image.ts";
import { type Instant, ruleOf } from "./lifecycle.ts";
import type { Server } from "./server.ts";

interface Order {
  readonly id: string;
  readonly name: string;
  /** Whose request it is: an administrator's makes an image of their own project. */
  readonly user: string;
  readonly project: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly now: Instant;
}

/** What every image's owner is told of where it comes from; a snapshot of it is told anew. */
const own = ["instance_uuid", "user_id", "image_type", "base_image_ref", "boot_roles"];

const gibibyte = 1024 ** 3;

/**
 * The image that a server's snapshot becomes (nova/compute/utils.py:1253 create_image). Its upload is
 * under way while the server's task says so, and is over with it.
 */
export function snapshotOf(server: Server, base: Image | null, order: Order): Image {
  const { id, name, user, project, metadata, now } = order;
  const [, , , upload] = ruleOf("createImage").legs;
  const ends = now + ruleOf("createImage").legs.reduce((sum, { takes }) => sum + takes, 0);
  const inherited = Object.entries(base?.properties ?? {}).filter(([key]) => !own.includes(key));
  return {
    ...blank,
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
      image_type: "snapshot",
      owner_id: project,
      image_location: "snapshot",
      image_state: "available",
      ...(server.image && { base_image_ref: server.image.id }),
      ...metadata,
    },
    created: now,
    updated: now,
    upload: {
      begins: ends - (upload?.takes ?? 0),
      ends,
      size: base?.size ?? (server.flavor?.disk ?? 1) * gibibyte,
    },
  };
}
