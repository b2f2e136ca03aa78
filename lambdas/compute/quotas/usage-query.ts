import { badRequest } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { listPage } from "../../http/list-page.ts";
import { markerNotFound, pageLimit } from "../../http/page-limit.ts";
import { pagingSchema, stringListSchema } from "../../http/schema-fields.ts";
import type { Backend } from "../../ports/backend.ts";
import type { Server } from "../model/server.ts";
import { hasRunIn, type Period } from "../model/tenant-usage.ts";

const pageParameters = {
  limit: { ...pagingSchema.limit, since: 40 },
  marker: { ...pagingSchema.marker, since: 40 },
} as const;

export const usageListSchema = {
  type: "object",
  properties: {
    start: stringListSchema,
    end: stringListSchema,
    detailed: stringListSchema,
    ...pageParameters,
  },
  closedSince: 75,
} as const;

export const usageShowSchema = {
  type: "object",
  properties: { start: stringListSchema, end: stringListSchema, ...pageParameters },
  closedSince: 75,
} as const;

export function parsePeriod(query: URLSearchParams, now: Instant): Period {
  const start = parseUsageDatetime(query.get("start"), now);
  const stop = parseUsageDatetime(query.get("end"), now);
  // Nova reads its clock twice: an empty period is valid
  const isRequested = query.get("start") || query.get("end");
  if (isRequested && !(start < stop))
    throw badRequest("Invalid start time. The start time cannot occur after the end time.");
  return { start, stop: Math.min(stop, now) };
}

function parseUsageDatetime(text: string | null, now: Instant): Instant {
  if (!text) return now;
  const pattern = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,6})?| \d\d:\d\d:\d\d\.\d{1,6})$/;
  const at = pattern.test(text) ? Date.parse(`${text.replace(" ", "T")}Z`) : Number.NaN;
  if (Number.isNaN(at)) throw badRequest("Invalid datetime string: Datetime is in invalid format");
  return at;
}

/** Oldest first; in pages from 2.40 on. */
export async function listUsagePage(
  { servers }: Backend,
  {
    project,
    period,
    query,
    microversion,
    now,
  }: {
    readonly project: string | null;
    readonly period: Period;
    readonly query: URLSearchParams;
    readonly microversion: number;
    readonly now: Instant;
  },
): Promise<{ readonly page: readonly Server[]; readonly next: string | null }> {
  const newestFirst = await servers.list(
    {
      project,
      limit: Number.POSITIVE_INFINITY,
      includeDeleted: true,
      matches: (server) => hasRunIn(server, period, now),
    },
    now,
  );
  const all = newestFirst.toReversed();
  if (microversion < 40) return { page: all, next: null };
  const { items, last, isFull } = listPage(all, {
    filters: [],
    compare: null,
    limit: pageLimit(query.get("limit")),
    marker: query.get("marker"),
    idOf: ({ id }) => id,
    markerNotFound,
  });
  return { page: items, next: isFull ? last : null };
}
