import { randomUUID } from "node:crypto";
import { operation } from "../../../http/operation.ts";
import type { Image } from "../../../image/model/image.ts";
import { enforceImageLimits } from "../../../image/repositories/image-access.ts";
import { imagesIn } from "../../../image/repositories/images.ts";
import { bindPorts } from "../../../network/repositories/ports.ts";
import { beginMotion, taskStartsAt } from "../../model/lifecycle.ts";
import type { Server } from "../../model/server.ts";
import { toSnapshotImage } from "../../model/snapshot-image.ts";
import { transitionWith } from "../begin-action.ts";

/** Frees the host and keeps an image (E-41), unless volume-backed (nova/compute/api.py:4569). */
export const shelveServer = operation({
  id: "compute/shelve-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "shelve",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-shelve:shelve", role: "member" },
  dynamoCalls: ["GetItem", "UpdateItem", "PutItem", "Query"],
  answer: "accepted",
  async run(call, environment) {
    const { records } = environment.backend();
    const { now, caller, project } = call;
    const id = randomUUID();
    const images: Image[] = [];
    const server = await transitionWith(call, environment, "shelve", async (server) => {
      if (server.image === null) return { changes: { shelvedImage: null } };
      const base = await imagesIn(records).findById(server.image.id);
      const snapshot = toSnapshotImage(server, base, {
        kind: { action: "createImage" },
        id,
        name: `${server.name}-shelved`,
        user: caller.user.id,
        project,
        now,
        metadata: {},
      });
      images.push(enforceImageLimits(toShelvedImage(server, snapshot)));
      return { changes: { shelvedImage: id } };
    });
    const image = images.at(-1);
    if (image) await imagesIn(records).add(image);
    await bindPorts(records, server, "");
    return undefined;
  },
});

/** The image uploads during the shelve's uploading task. */
function toShelvedImage({ motion }: Server, snapshot: Image): Image {
  const { created, upload } = snapshot;
  const shelveMotion = beginMotion("shelve", motion, created);
  return {
    ...snapshot,
    upload: {
      begins: taskStartsAt("shelving_image_uploading", shelveMotion),
      ends: taskStartsAt("shelving_offloading", shelveMotion),
      size: upload?.size ?? 0,
    },
  };
}
