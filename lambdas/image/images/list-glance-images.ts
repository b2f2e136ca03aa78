import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { maxPageSize } from "../../http/page-limit.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { parseImageFilter } from "../model/image-filter.ts";
import { sortImages } from "../model/image-order.ts";
import { listVisibleImages } from "../repositories/image-access.ts";

/** glance/common/config.py limit_param_default. */
const defaultPageSize = 25;

export const listGlanceImages = operation({
  id: "image/list-glance-images",
  service: "image",
  route: "GET /v2/images",
  function: "own",
  access: { rule: "get_images", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "imageDetails",
  async run(call, environment) {
    const { query, caller, project } = call;
    const limit = parseLimit(query.get("limit"));
    const matches = parseImageFilter(query, project, hasRole(caller, "admin"));
    const all = await listVisibleImages(environment.backend().records, call);
    const images = sortImages(all.filter(matches), query);
    // the marker may be filtered out (glance/db/sqlalchemy/api.py)
    const marker = query.get("marker");
    if (marker !== null && !all.some(({ id }) => id === marker))
      throw badRequest(`No image found with ID ${marker}`);
    const start = marker === null ? 0 : images.findIndex(({ id }) => id === marker) + 1;
    return { items: images.slice(start, start + limit), limit };
  },
});

function parseLimit(text: string | null): number {
  if (text === null) return defaultPageSize;
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw badRequest("limit param must be an integer");
  if (Number(text) < 0) throw badRequest("limit param must be positive");
  return Math.min(Number(text), maxPageSize);
}
