import { malformed } from "../../core/fault.ts";
import type { Image } from "./image.ts";
import { membersOf } from "./image-members.ts";
import { owns } from "./visibility.ts";

type Keep = (image: Image) => boolean;

/** What of a query is no filter. */
const others = new Set([
  ...["limit", "marker", "sort", "sort_key", "sort_dir", "tag"],
  ...["member_status", "visibility", "os_hidden"],
]);

/**
 * The images that the filters of a list keep, for those who belong to `project`
 * (glance/api/v2/images.py index, glance/db/sqlalchemy/api.py _make_conditions_from_filters).
 */
export function imageFilter(query: URLSearchParams, project: string, admin: boolean): Keep {
  const rest = [...new Set(query.keys())].filter((name) => !others.has(name));
  const all: readonly Keep[] = [
    visibilityFilter(query.get("visibility"), project),
    memberFilter(query.get("member_status") ?? "accepted", project, admin),
    hiddenFilter((query.get("os_hidden") ?? "false").toLowerCase()),
    ...query.getAll("tag").map(
      (tag): Keep =>
        (image) =>
          image.tags.includes(tag.trim()),
    ),
    ...rest.map((name) => filterOf(name, query.getAll(name).at(-1) ?? "")),
  ];
  return (image) => all.every((keep) => keep(image));
}

/** Others' community images are listed only where they are asked for. */
function visibilityFilter(asked: string | null, project: string): Keep {
  if (!asked) return (image) => image.visibility !== "community" || owns(image, project);
  if (!/^(community|public|private|shared|all)$/.test(asked))
    throw malformed(`Invalid visibility value: ${asked}`);
  return (image) => asked === "all" || image.visibility === asked;
}

/** What is shared with a project is in its lists once it has accepted it. */
function memberFilter(asked: string, project: string, admin: boolean): Keep {
  if (!/^(pending|accepted|rejected|all)$/.test(asked)) throw malformed(`Invalid status: ${asked}`);
  return (image) =>
    admin ||
    image.visibility !== "shared" ||
    owns(image, project) ||
    asked === "all" ||
    image.members[project]?.status === asked;
}

function hiddenFilter(asked: string): Keep {
  return (image) => image.hidden === (truth("os_hidden", asked) === "true");
}

function truth(name: string, value: string): string {
  if (value === "true" || value === "false") return value;
  throw malformed(
    `Invalid value '${value}' for '${name}' filter. Valid values are 'true' or 'false'.`,
  );
}

function filterOf(name: string, value: string): Keep {
  if (name === "changes-since")
    throw malformed('The "changes-since" filter is no longer available on v2.');
  if (name === "created_at" || name === "updated_at") return timeFilter(name, value);
  if (/^(size|min_ram|min_disk)_(min|max)$/.test(name)) return rangeFilter(name, value);
  if (listed.has(name)) return listFilter(name, value);
  const wanted = name === "protected" ? truth(name, value) : value;
  return (image) => textOf(image, name) === wanted;
}

/** A member of the image, or what its owner says of it, as text; undefined where there is none. */
function textOf(image: Image, name: string): string | undefined {
  const members: Readonly<Record<string, unknown>> = { ...image.properties, ...membersOf(image) };
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  return value === undefined || value === null ? undefined : String(value);
}

/** These take `in:one,other` too. */
const listed = new Set(["name", "id", "status", "container_format", "disk_format"]);

function listFilter(name: string, value: string): Keep {
  const colon = value.indexOf(":");
  const operator = colon < 0 ? "eq" : value.slice(0, colon);
  const operand = value.slice(colon + 1);
  if (operator !== "eq" && operator !== "in")
    throw malformed(`Unable to filter by unknown operator '${operator}'.`);
  const wanted = operator === "eq" ? [operand] : split(operand);
  return (image) => wanted.includes(textOf(image, name) ?? "");
}

/** By commas, save those in quotes (glance/common/utils.py:708). */
const split = (text: string): string[] =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)",?|([^,]+),?|,/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? "",
  );

function rangeFilter(name: string, value: string): Keep {
  if (!/^\s*[-+]?\d+\s*$/.test(value))
    throw malformed("Unable to filter on a range with a non-numeric value.");
  const member = name.slice(0, -4);
  return (image) => {
    const text = textOf(image, member);
    if (text === undefined) return false;
    return name.endsWith("_min") ? Number(text) >= Number(value) : Number(text) <= Number(value);
  };
}

const comparisons: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  gt: (one, other) => one > other,
  gte: (one, other) => one >= other,
  lt: (one, other) => one < other,
  lte: (one, other) => one <= other,
  neq: (one, other) => one !== other,
  eq: (one, other) => one === other,
};

const iso = /^\d{4}-?\d\d-?\d\d(T\d\d:?\d\d(:?\d\d(\.\d+)?)?(Z|[-+]\d\d:?\d\d)?)?$/;

function timeFilter(name: "created_at" | "updated_at", value: string): Keep {
  const [, operator, text] = iso.test(value)
    ? [null, "eq", value]
    : (/^([^:]*):(.*)$/.exec(value) ?? [null, "eq", value]);
  const threshold = iso.test(text ?? "") ? instantOf(text ?? "") : Number.NaN;
  if (Number.isNaN(threshold))
    throw malformed(`Bad "${name}" query filter format. Use ISO 8601 DateTime notation.`);
  const compare = Object.hasOwn(comparisons, operator ?? "") ? comparisons[operator ?? ""] : null;
  if (!compare) throw malformed("Unable to filter on a unknown operator.");
  return (image) =>
    compare(
      Math.floor((name === "created_at" ? image.created : image.updated) / 1_000) * 1_000,
      threshold,
    );
}

/** What names no zone is in UTC. */
const instantOf = (text: string): number =>
  Date.parse(/(Z|[-+]\d\d:?\d\d)$/.test(text) && text.includes("T") ? text : utc(text));

const utc = (text: string): string => (text.includes("T") ? `${text}Z` : text);
