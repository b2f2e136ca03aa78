import { malformed } from "../../core/fault.ts";
import type { Image } from "./image.ts";
import { membersOf } from "./image-members.ts";

/** By what images can be sorted (glance/api/v2/images.py _available_sort_keys). */
const keys = [
  ...(["name", "status", "container_format", "disk_format"] as const),
  ...(["size", "id", "created_at", "updated_at"] as const),
];

type Key = (typeof keys)[number];

const keyOf = (text: string): Key => {
  const key = keys.find((one) => one === text.trim());
  if (key) return key;
  throw malformed(
    `Invalid sort key: ${text.trim()}. It must be one of the following: ${keys.join(", ")}.`,
  );
};

function directionOf(text: string): 1 | -1 {
  const direction = text.trim();
  if (direction === "asc") return 1;
  if (direction === "desc") return -1;
  throw malformed(`Invalid sort direction: ${direction}`);
}

/** Both syntaxes there are: `sort=name:asc,size` and `sort_key=name&sort_dir=asc`, of which either may be many. */
function ordersIn(query: URLSearchParams): { key: Key; direction: 1 | -1 }[] {
  const sort = query.get("sort");
  if (sort !== null) {
    if (query.has("sort_key") || query.has("sort_dir"))
      throw malformed("Old and new sorting syntax cannot be combined");
    return sort.split(",").map((one) => {
      const [key = "", direction = ""] = one.split(":");
      return { key: keyOf(key), direction: directionOf(direction || "desc") };
    });
  }
  const asked = query.getAll("sort_key").map(keyOf);
  const directions = query.getAll("sort_dir").map(directionOf);
  if (directions.length > 1 && directions.length !== asked.length)
    throw malformed("Number of sort dirs does not match the number of sort keys");
  const sorted: readonly Key[] = asked.length > 0 ? asked : ["created_at"];
  return sorted.map((key, i) => ({ key, direction: directions[i] ?? directions[0] ?? -1 }));
}

/** The images in the order asked for; what is alike in that, the newest first, and then by id. */
export function ordered(images: readonly Image[], query: URLSearchParams): Image[] {
  const orders = ordersIn(query);
  const last = orders.at(-1)?.direction ?? -1;
  const named = orders.map(({ key }) => key);
  const all = [
    ...orders,
    ...(["created_at", "id"] as const)
      .filter((key) => !named.includes(key))
      .map((key) => ({ key, direction: last })),
  ];
  const compare = (one: Image, other: Image): number => {
    for (const { key, direction } of all) {
      const difference = direction * compared(rankOf(one, key), rankOf(other, key));
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return [...images].sort(compare);
}

const rankOf = (image: Image, key: Key): string | number | null => {
  if (key === "created_at") return image.created;
  if (key === "updated_at") return image.updated;
  return membersOf(image)[key];
};

/** What is not said comes before all that is. */
function compared(one: string | number | null, other: string | number | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return one < other ? -1 : 1;
}
