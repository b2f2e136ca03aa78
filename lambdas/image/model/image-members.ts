import { toIsoSecondsZ } from "../../core/times.ts";
import type { Image } from "./image.ts";

/** Members by Glance's names. */
export const toGlanceMembers = (image: Image) => ({
  name: image.name,
  disk_format: image.diskFormat,
  container_format: image.containerFormat,
  visibility: image.visibility,
  size: image.size,
  virtual_size: null,
  status: image.status,
  checksum: image.checksum,
  protected: image.protected,
  min_ram: image.minRam,
  min_disk: image.minDisk,
  owner: image.owner,
  os_hidden: image.hidden,
  os_hash_algo: image.hash === null ? null : "sha512",
  os_hash_value: image.hash,
  id: image.id,
  created_at: toIsoSecondsZ(image.created),
  updated_at: toIsoSecondsZ(image.updated),
});
