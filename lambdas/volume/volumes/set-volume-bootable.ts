import { isTrue, oslo } from "../../core/booleans.ts";
import { operation } from "../../http/operation.ts";
import { booleanField, closedObject, singleMember } from "../schema-fields.ts";
import { changingVolume } from "./changing-volume.ts";

export const setVolumeBootable = operation({
  id: "volume/set-volume-bootable",
  service: "volume",
  route: "POST /volumes/{volume_id}/action",
  action: "os-set_bootable",
  access: { rule: "volume:update", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "noContent",
  body: singleMember("os-set_bootable", closedObject({ bootable: booleanField }, ["bootable"])),
  run: changingVolume((was, { body, now }) => ({
    ...was,
    bootable: isTrue(oslo, body["os-set_bootable"].bootable),
    updated: now,
  })),
});
