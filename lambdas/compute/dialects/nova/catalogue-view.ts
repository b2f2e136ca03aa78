import { isTrue, oslo } from "../../../core/booleans.ts";
import { toIsoSecondsZ } from "../../../core/times.ts";
import type { RequestContext } from "../../../http/dialect.ts";
import type { Image } from "../../../image/model/image.ts";
import type { Flavor } from "../../model/flavor.ts";
import { links } from "../links.ts";

/** nova/api/openstack/compute/views/flavors.py:40; a flavor without swap has "" (E-38). */
export const flavorView = (flavor: Flavor, context: RequestContext) => ({
  "OS-FLV-DISABLED:disabled": false,
  "OS-FLV-EXT-DATA:ephemeral": flavor.ephemeral,
  disk: flavor.disk,
  id: flavor.id,
  links: links(context, "flavors", flavor.id),
  name: flavor.name,
  "os-flavor-access:is_public": flavor.isPublic,
  ram: flavor.ram,
  rxtx_factor: flavor.rxtxFactor,
  swap: flavor.swap || (context.microversion < 75 ? "" : 0),
  vcpus: flavor.vcpus,
  ...viewFlavorFields(flavor, context, flavorVersionedFields),
});

type FlavorVersionedField = { readonly since: number; readonly fields: (flavor: Flavor) => object };

const descriptionField: FlavorVersionedField = {
  since: 55,
  fields: ({ description }) => ({ description }),
};

const flavorVersionedFields: readonly FlavorVersionedField[] = [
  descriptionField,
  { since: 61, fields: ({ extraSpecs }) => ({ extra_specs: extraSpecs }) },
];

/** Members added after 2.1. */
const viewFlavorFields = (
  flavor: Flavor,
  { microversion }: RequestContext,
  versionedFields: readonly FlavorVersionedField[],
): object =>
  Object.assign(
    {},
    ...versionedFields
      .filter(({ since }) => since <= microversion)
      .map(({ fields }) => fields(flavor)),
  );

/** nova/api/openstack/compute/views/images.py:50: the image proxy until 2.35. */
export const imageView = (image: Image, context: RequestContext) => ({
  "OS-EXT-IMG-SIZE:size": image.size ?? 0,
  created: toIsoSecondsZ(image.created),
  id: image.id,
  links: imageLinks(image.id, context),
  metadata: image.properties,
  minDisk: image.minDisk,
  minRam: image.minRam,
  name: image.name,
  progress: imageProgress[image.status],
  status: imageStatus(image),
  updated: toIsoSecondsZ(image.updated),
  ...sourceServer(image, context),
});

/** nova/api/openstack/compute/views/images.py _get_status and _get_progress. */
export const imageStatus = ({ status }: Image): string =>
  (({ active: "ACTIVE", queued: "SAVING", saving: "SAVING" }) as Record<string, string>)[status] ??
  "UNKNOWN";

const imageProgress = {
  queued: 25,
  saving: 50,
  uploading: 0,
  active: 100,
  deactivated: 0,
} as const;

/** The server of a snapshot. */
function sourceServer({ properties }: Image, context: RequestContext) {
  const { instance_uuid: id, auto_disk_config: disk } = properties;
  return {
    ...(id !== undefined && { server: { id, links: links(context, "servers", id) } }),
    ...(disk !== undefined && {
      "OS-DCF:diskConfig": isTrue(oslo, disk) ? "AUTO" : "MANUAL",
    }),
  };
}

export const imageSummaryView = ({ id, name }: Image, context: RequestContext) => ({
  id,
  links: imageLinks(id, context),
  name,
});

/** The third link is Glance's (nova/api/openstack/compute/views/images.py:104). */
const imageLinks = (id: string, context: RequestContext) => [
  ...links(context, "images", id),
  {
    rel: "alternate",
    type: "application/vnd.openstack.image",
    href: `${context.origin}/image/v2/images/${id}`,
  },
];

export const flavorSummaryView = (flavor: Flavor, context: RequestContext) => ({
  id: flavor.id,
  links: links(context, "flavors", flavor.id),
  name: flavor.name,
  ...viewFlavorFields(flavor, context, [descriptionField]),
});
