import { badRequest } from "../../core/fault.ts";
import type { Image } from "./image.ts";
import { toGlanceMembers } from "./image-members.ts";

/** glance/api/v2/images.py _available_sort_keys. */
const imageSortKeys = [
  ...(["name", "status", "container_format", "disk_format"] as const),
  ...(["size", "id", "created_at", "updated_at"] as const),
];

type SortKey = (typeof imageSortKeys)[number];

const parseSortKey = (text: string): SortKey => {
  const key = imageSortKeys.find((one) => one === text.trim());
  if (key) return key;
  throw badRequest(
    `Invalid sort key: ${text.trim()}. It must be one of the following: ${imageSortKeys.join(", ")}.`,
  );
};

function parseSortDirection(text: string): 1 | -1 {
  const direction = text.trim();
  if (direction === "asc") return 1;
  if (direction === "desc") return -1;
  throw badRequest(`Invalid sort direction: ${direction}`);
}

/** `sort=name:asc,size`, or repeatable `sort_key=name&sort_dir=asc`. */
function parseSort(query: URLSearchParams): { key: SortKey; direction: 1 | -1 }[] {
  const sort = query.get("sort");
  if (sort !== null) {
    if (query.has("sort_key") || query.has("sort_dir"))
      throw badRequest("Old and new sorting syntax cannot be combined");
    return sort.split(",").map((one) => {
      const [key = "", direction = ""] = one.split(":");
      return { key: parseSortKey(key), direction: parseSortDirection(direction || "desc") };
    });
  }
  const requestedKeys = query.getAll("sort_key").map(parseSortKey);
  const directions = query.getAll("sort_dir").map(parseSortDirection);
  if (directions.length > 1 && directions.length !== requestedKeys.length)
    throw badRequest("Number of sort dirs does not match the number of sort keys");
  const effectiveKeys: readonly SortKey[] =
    requestedKeys.length > 0 ? requestedKeys : ["created_at"];
  return effectiveKeys.map((key, i) => ({ key, direction: directions[i] ?? directions[0] ?? -1 }));
}

/** Breaks ties by creation time, then id. Throws `malformed`. */
export function parseImageOrder(query: URLSearchParams): (one: Image, other: Image) => number {
  const orders = parseSort(query);
  const lastDirection = orders.at(-1)?.direction ?? -1;
  const explicitKeys = orders.map(({ key }) => key);
  const all = [
    ...orders,
    ...(["created_at", "id"] as const)
      .filter((key) => !explicitKeys.includes(key))
      .map((key) => ({ key, direction: lastDirection })),
  ];
  return (one, other) => {
    for (const { key, direction } of all) {
      const difference = direction * compareValues(sortValue(one, key), sortValue(other, key));
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

const sortValue = (image: Image, key: SortKey): string | number | null => {
  if (key === "created_at") return image.created;
  if (key === "updated_at") return image.updated;
  return toGlanceMembers(image)[key];
};

/** null sorts first. */
function compareValues(one: string | number | null, other: string | number | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return one < other ? -1 : 1;
}
