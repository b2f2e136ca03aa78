import { badRequest } from "../../core/fault.ts";
import { listPage } from "../../http/list-page.ts";
import { operation } from "../../http/operation.ts";
import { maxPageSize } from "../../http/page-limit.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { parseImageFilter } from "../model/image-filter.ts";
import { parseImageOrder } from "../model/image-order.ts";
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
    const filter = parseImageFilter(query, project, hasRole(caller, "admin"));
    const visible = await listVisibleImages(environment.backend().records, call);
    const { items } = listPage(visible, {
      filters: [filter],
      compare: parseImageOrder(query),
      limit,
      marker: query.get("marker"),
      // glance/db/sqlalchemy/api.py:353 _paginate_query
      markerAmong: "all",
      idOf: ({ id }) => id,
      markerNotFound: (marker) => badRequest(`No image found with ID ${marker}`),
    });
    return { items, limit };
  },
});

function parseLimit(text: string | null): number {
  if (text === null) return defaultPageSize;
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw badRequest("limit param must be an integer");
  if (Number(text) < 0) throw badRequest("limit param must be positive");
  return Math.min(Number(text), maxPageSize);
}
