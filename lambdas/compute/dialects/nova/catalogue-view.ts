import { toIsoSecondsZ } from "../../../core/times.ts";
import type { Spoken } from "../../../http/dialect.ts";
import type { Image } from "../../../image/model/image.ts";
import type { Flavor } from "../../model/flavor.ts";
import { links } from "../links.ts";

/** nova/api/openstack/compute/views/flavors.py:40; swap was "" when there is none (E-38). */
export const flavorView = (flavor: Flavor, spoken: Spoken) => ({
  "OS-FLV-DISABLED:disabled": false,
  "OS-FLV-EXT-DATA:ephemeral": flavor.ephemeral,
  disk: flavor.disk,
  id: flavor.id,
  links: links(spoken, "flavors", flavor.id),
  name: flavor.name,
  "os-flavor-access:is_public": flavor.isPublic,
  ram: flavor.ram,
  rxtx_factor: flavor.rxtxFactor,
  swap: flavor.swap || (spoken.microversion < 75 ? "" : 0),
  vcpus: flavor.vcpus,
  ...later(flavor, spoken, flavorParts),
});

type Part = { readonly since: number; readonly member: (flavor: Flavor) => object };

const described: Part = { since: 55, member: ({ description }) => ({ description }) };

const flavorParts: readonly Part[] = [
  described,
  { since: 61, member: ({ extraSpecs }) => ({ extra_specs: extraSpecs }) },
];

/** What came to a flavor after 2.1. */
const later = (flavor: Flavor, { microversion }: Spoken, parts: readonly Part[]): object =>
  Object.assign(
    {},
    ...parts.filter(({ since }) => since <= microversion).map(({ member }) => member(flavor)),
  );

/** nova/api/openstack/compute/views/images.py:50, the proxy to Glance that went at 2.36. */
export const imageView = (image: Image, spoken: Spoken) => ({
  "OS-EXT-IMG-SIZE:size": image.size ?? 0,
  created: toIsoSecondsZ(image.created),
  id: image.id,
  links: imageLinks(image.id, spoken),
  metadata: image.properties,
  minDisk: image.minDisk,
  minRam: image.minRam,
  name: image.name,
  progress: progress[image.status],
  status: imageStatus(image),
  updated: toIsoSecondsZ(image.updated),
  ...sourceOf(image, spoken),
});

/** nova/api/openstack/compute/views/images.py _get_status and _get_progress. */
export const imageStatus = ({ status }: Image): string =>
  (({ active: "ACTIVE", queued: "SAVING", saving: "SAVING" }) as Record<string, string>)[status] ??
  "UNKNOWN";

const progress = { queued: 25, saving: 50, uploading: 0, active: 100, deactivated: 0 } as const;

/** The server that a snapshot is of. */
function sourceOf({ properties }: Image, spoken: Spoken) {
  const { instance_uuid: id, auto_disk_config: disk } = properties;
  return {
    ...(id !== undefined && { server: { id, links: links(spoken, "servers", id) } }),
    ...(disk !== undefined && {
      "OS-DCF:diskConfig": /^(t|true|on|y|yes|1)$/i.test(disk) ? "AUTO" : "MANUAL",
    }),
  };
}

export const briefImageView = ({ id, name }: Image, spoken: Spoken) => ({
  id,
  links: imageLinks(id, spoken),
  name,
});

/** An image is Glance's too: that is its third link (views/images.py:104). */
const imageLinks = (id: string, spoken: Spoken) => [
  ...links(spoken, "images", id),
  {
    rel: "alternate",
    type: "application/vnd.openstack.image",
    href: `${spoken.origin}/image/v2/images/${id}`,
  },
];

export const briefFlavorView = (flavor: Flavor, spoken: Spoken) => ({
  id: flavor.id,
  links: links(spoken, "flavors", flavor.id),
  name: flavor.name,
  ...later(flavor, spoken, [described]),
});
