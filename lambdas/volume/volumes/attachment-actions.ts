import { randomUUID } from "node:crypto";
import type { Instant } from "../../core/instant.ts";
import { type Action, type Doing, members, whatever } from "../action.ts";
import { beginDetaching, finishDetach, invalidVolume, joinOr } from "../model/attachment.ts";
import type { Attachment, Volume } from "../model/volume.ts";
import { changeVolume } from "../repositories/volumes.ts";
import { uuidSchema } from "../schema-fields.ts";

/** Changes the volume, and is silent about it. */
const changes =
  (to: (was: Volume, doing: Doing<Volume>, now: Instant) => Volume) =>
  async (doing: Doing<Volume>) => {
    const { now } = doing.asking;
    await changeVolume(doing.records, doing.on, now, (was) => to(was, doing, now));
    return { status: 202 } as const;
  };

const attach = {
  ...members(
    {
      instance_uuid: uuidSchema,
      mountpoint: { type: "string", minLength: 1, maxLength: 255 },
      host_name: { type: "string", maxLength: 255 },
      mode: { type: "string", enum: ["rw", "ro"] },
    },
    ["mountpoint"],
  ),
  anyOf: [{ required: ["instance_uuid"] }, { required: ["host_name"] }],
};

/** What services did to volumes before there were attachments (cinder/api/contrib/volume_actions.py). */
export const tieActions: Readonly<Record<string, Action<Volume>>> = {
  "os-attach": {
    body: attach,
    run: changes((was, { said }, now) => {
      if (!["available", "attaching"].includes(was.status) && !was.multiattach)
        throw invalidVolume("volume is not available or attaching"); // manager.py:1352
      const tie: Attachment = {
        id: randomUUID(),
        status: "attached",
        server: said["instance_uuid"] ? String(said["instance_uuid"]) : null,
        host: said["host_name"] ? String(said["host_name"]) : null,
        device: String(said["mountpoint"]),
        mode: said["mode"] === "ro" ? "ro" : "rw",
        connector: null,
        attached: now,
      };
      return { ...was, status: "in-use", ties: [...was.ties, tie], updated: now };
    }),
  },
  "os-detach": {
    body: {
      type: ["object", "null"],
      properties: { attachment_id: { oneOf: [uuidSchema, { type: "null" }] } },
      additionalProperties: false,
    },
    run: changes((was, { said }, now) => {
      const asked = said["attachment_id"] ?? null;
      if (asked === null && was.ties.length > 1)
        throw invalidVolume(
          "Detach volume failed: More than one attachment, but no attachment_id provided.",
        );
      return finishDetach(was, ({ id }) => asked === null || id === asked, now);
    }),
  },
  "os-force_detach": {
    admin: "volume_extension:volume_admin_actions:force_detach",
    body: members(
      {
        connector: { type: ["string", "object", "null"] },
        attachment_id: { type: ["string", "null"] },
      },
      [],
    ),
    run: changes((was, { said }, now) =>
      finishDetach(was, ({ id }) => !said["attachment_id"] || id === said["attachment_id"], now),
    ),
  },
  "os-reserve": {
    body: whatever,
    run: changes((was, _, now) => {
      const from = was.multiattach ? ["available", "in-use"] : ["available"];
      if (!from.includes(was.status))
        throw invalidVolume(
          `Volume status must be ${joinOr(from)} to reserve, but the status is ${was.status}.`,
        );
      return { ...was, status: "attaching", updated: now };
    }),
  },
  "os-unreserve": {
    body: whatever,
    run: changes((was, _, now) =>
      was.status === "attaching" && !was.motion ? finishDetach(was, () => false, now) : was,
    ),
  },
  "os-begin_detaching": { body: whatever, run: changes((was, _, now) => beginDetaching(was, now)) },
  "os-roll_detaching": {
    body: whatever,
    run: changes((was, _, now) =>
      was.status === "detaching" ? { ...was, status: "in-use", motion: null, updated: now } : was,
    ),
  },
  "os-initialize_connection": {
    body: members({ connector: { type: ["object", "string"] } }, ["connector"]),
    run: async ({ on }) => ({
      status: 200,
      body: { connection_info: { ...connectionView(on), enforce_multipath: false } },
    }),
  },
  "os-terminate_connection": {
    body: members({ connector: { type: ["string", "object", "null"] } }, ["connector"]),
    run: async () => ({ status: 202 }),
  },
};

/** Where a volume would be, if it were anywhere. */
export const connectionView = ({ id, readonly }: Volume) => ({
  driver_volume_type: "fake",
  data: {
    volume_id: id,
    target_discovered: false,
    access_mode: readonly ? "ro" : "rw",
    encrypted: false,
    qos_specs: null,
  },
});
