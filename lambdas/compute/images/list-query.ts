import { listPage } from "../../http/list-page.ts";
import { pageLimit, unknownMarker } from "../../http/page-limit.ts";
import type { Page } from "../../http/responses.ts";
import type { Schema } from "../../http/schema.ts";
import { hasRole } from "../../identity/model/identity.ts";
import type { Image } from "../../image/model/image.ts";
import { parseImageFilter } from "../../image/model/image-filter.ts";
import { parseImageOrder } from "../../image/model/image-order.ts";
import { type ImageCall, listVisibleImages } from "../../image/repositories/image-access.ts";
import type { Records } from "../../ports/records.ts";
import { idFromHref } from "../model/id-from-href.ts";

const anyParameter = {} as const satisfies Schema;
const countParameter = {
  type: "array",
  items: { type: ["integer", "string"], pattern: "^[0-9]*$", minimum: 1, minLength: 1 },
} as const satisfies Schema;

export const imageListSchema = {
  type: "object",
  properties: {
    ...{
      name: anyParameter,
      status: anyParameter,
      "changes-since": anyParameter,
      server: anyParameter,
    },
    ...{ type: anyParameter, minRam: anyParameter, minDisk: anyParameter },
    ...{
      limit: countParameter,
      page_size: countParameter,
      marker: anyParameter,
      offset: countParameter,
    },
  },
  additionalProperties: true,
} as const satisfies Schema;

const glanceFilters: Readonly<Record<string, (value: string) => readonly [string, string]>> = {
  name: (value) => ["name", value],
  status: (value) => ["status", value.toLowerCase()],
  "changes-since": (value) => ["updated_at", `gte:${value}`],
  server: (value) => ["instance_uuid", idFromHref(value)],
  type: (value) => ["image_type", value],
  minRam: (value) => ["min_ram", value],
  minDisk: (value) => ["min_disk", value],
};

const propertyPrefix = "property-";

function toGlanceFilter(query: URLSearchParams): URLSearchParams {
  const glanceQuery = new URLSearchParams();
  for (const [name, value] of query) {
    const filter = Object.hasOwn(glanceFilters, name) ? glanceFilters[name] : undefined;
    if (filter) glanceQuery.append(...filter(value));
    else if (name.startsWith(propertyPrefix))
      glanceQuery.append(name.slice(propertyPrefix.length), value);
  }
  return glanceQuery;
}

/** @calls Query */
export async function listImagesPage(
  records: Records,
  call: ImageCall & { readonly query: URLSearchParams; readonly project: string },
): Promise<Page<Image>> {
  const { query, project, caller } = call;
  const glanceQuery = toGlanceFilter(query);
  const all = await listVisibleImages(records, call);
  const limit = pageLimit(query.get("limit"));
  const { items } = listPage(all, {
    filters: [parseImageFilter(glanceQuery, project, hasRole(caller, "admin"))],
    compare: parseImageOrder(glanceQuery),
    limit,
    marker: query.get("marker"),
    idOf: ({ id }) => id,
    markerNotFound: unknownMarker,
  });
  return { items, limit };
}
