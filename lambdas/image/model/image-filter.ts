import { glance, readBoolean } from "../../core/booleans.ts";
import { badRequest } from "../../core/fault.ts";
import type { Image } from "./image.ts";
import { toGlanceMembers } from "./image-members.ts";
import { isOwnedBy } from "./visibility.ts";

type ImagePredicate = (image: Image) => boolean;

const nonFilterParameters = new Set([
  ...["limit", "marker", "sort", "sort_key", "sort_dir", "tag"],
  ...["member_status", "visibility", "os_hidden"],
]);

/**
 * Throws `malformed`.
 * glance/api/v2/images.py index, glance/db/sqlalchemy/api.py _make_conditions_from_filters.
 */
export function parseImageFilter(
  query: URLSearchParams,
  project: string,
  isAdmin: boolean,
): ImagePredicate {
  const propertyNames = [...new Set(query.keys())].filter((name) => !nonFilterParameters.has(name));
  const all: readonly ImagePredicate[] = [
    visibilityFilter(query.get("visibility"), project),
    memberFilter(query.get("member_status") ?? "accepted", project, isAdmin),
    hiddenFilter((query.get("os_hidden") ?? "false").toLowerCase()),
    ...query.getAll("tag").map(
      (tag): ImagePredicate =>
        (image) =>
          image.tags.includes(tag.trim()),
    ),
    ...propertyNames.map((name) => propertyFilter(name, query.getAll(name).at(-1) ?? "")),
  ];
  return (image) => all.every((keep) => keep(image));
}

/** By default hides community images of other projects. */
function visibilityFilter(requested: string | null, project: string): ImagePredicate {
  if (!requested) return (image) => image.visibility !== "community" || isOwnedBy(image, project);
  if (!/^(community|public|private|shared|all)$/.test(requested))
    throw badRequest(`Invalid visibility value: ${requested}`);
  return (image) => requested === "all" || image.visibility === requested;
}

/** By default hides shared images that the project has not accepted. */
function memberFilter(requested: string, project: string, isAdmin: boolean): ImagePredicate {
  if (!/^(pending|accepted|rejected|all)$/.test(requested))
    throw badRequest(`Invalid status: ${requested}`);
  return (image) =>
    isAdmin ||
    image.visibility !== "shared" ||
    isOwnedBy(image, project) ||
    requested === "all" ||
    image.members[project]?.status === requested;
}

function hiddenFilter(requested: string): ImagePredicate {
  const hidden = parseFlag("os_hidden", requested);
  return (image) => image.hidden === hidden;
}

function parseFlag(name: string, value: string): boolean {
  const flag = readBoolean(glance, value);
  if (flag !== undefined) return flag;
  throw badRequest(
    `Invalid value '${value}' for '${name}' filter. Valid values are 'true' or 'false'.`,
  );
}

function propertyFilter(name: string, value: string): ImagePredicate {
  if (name === "changes-since")
    throw badRequest('The "changes-since" filter is no longer available on v2.');
  if (name === "created_at" || name === "updated_at") return timeFilter(name, value);
  if (/^(size|min_ram|min_disk)_(min|max)$/.test(name)) return rangeFilter(name, value);
  if (listFilterNames.has(name)) return listFilter(name, value);
  const wanted = name === "protected" ? String(parseFlag(name, value)) : value;
  return (image) => memberText(image, name) === wanted;
}

/** Text of a Glance member or a custom property. */
function memberText(image: Image, name: string): string | undefined {
  const members: Readonly<Record<string, unknown>> = {
    ...image.properties,
    ...toGlanceMembers(image),
  };
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  return value === undefined || value === null ? undefined : String(value);
}

/** Filters that accept `in:one,other`. */
const listFilterNames = new Set(["name", "id", "status", "container_format", "disk_format"]);

function listFilter(name: string, value: string): ImagePredicate {
  const colon = value.indexOf(":");
  const operator = colon < 0 ? "eq" : value.slice(0, colon);
  const operand = value.slice(colon + 1);
  if (operator !== "eq" && operator !== "in")
    throw badRequest(`Unable to filter by unknown operator '${operator}'.`);
  const wanted = operator === "eq" ? [operand] : splitQuoted(operand);
  return (image) => wanted.includes(memberText(image, name) ?? "");
}

/** Splits at unquoted commas (glance/common/utils.py:708). */
const splitQuoted = (text: string): string[] =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)",?|([^,]+),?|,/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? "",
  );

function rangeFilter(name: string, value: string): ImagePredicate {
  if (!/^\s*[-+]?\d+\s*$/.test(value))
    throw badRequest("Unable to filter on a range with a non-numeric value.");
  const member = name.slice(0, -4);
  return (image) => {
    const text = memberText(image, member);
    if (text === undefined) return false;
    return name.endsWith("_min") ? Number(text) >= Number(value) : Number(text) <= Number(value);
  };
}

const comparisonOperators: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  gt: (one, other) => one > other,
  gte: (one, other) => one >= other,
  lt: (one, other) => one < other,
  lte: (one, other) => one <= other,
  neq: (one, other) => one !== other,
  eq: (one, other) => one === other,
};

const iso8601Pattern = /^\d{4}-?\d\d-?\d\d(T\d\d:?\d\d(:?\d\d(\.\d+)?)?(Z|[-+]\d\d:?\d\d)?)?$/;

function timeFilter(name: "created_at" | "updated_at", value: string): ImagePredicate {
  const [, operator, text] = iso8601Pattern.test(value)
    ? [null, "eq", value]
    : (/^([^:]*):(.*)$/.exec(value) ?? [null, "eq", value]);
  const threshold = iso8601Pattern.test(text ?? "") ? parseFilterTime(text ?? "") : Number.NaN;
  if (Number.isNaN(threshold))
    throw badRequest(`Bad "${name}" query filter format. Use ISO 8601 DateTime notation.`);
  const compare = Object.hasOwn(comparisonOperators, operator ?? "")
    ? comparisonOperators[operator ?? ""]
    : null;
  if (!compare) throw badRequest("Unable to filter on a unknown operator.");
  return (image) =>
    compare(
      Math.floor((name === "created_at" ? image.created : image.updated) / 1_000) * 1_000,
      threshold,
    );
}

/** UTC is the default zone. */
const parseFilterTime = (text: string): number =>
  Date.parse(/(Z|[-+]\d\d:?\d\d)$/.test(text) && text.includes("T") ? text : withUtcZone(text));

const withUtcZone = (text: string): string => (text.includes("T") ? `${text}Z` : text);
