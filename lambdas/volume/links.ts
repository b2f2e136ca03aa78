import type { VolumeCall } from "./request.ts";

/** The API's base URL in the form of the request (cinder/api/common.py _get_links). */
const mountUrl = ({ origin, path }: VolumeCall, version: string): string => {
  const project = "project_id" in path ? `/${path.project_id}` : "";
  return `${origin}/volume${version}${project}`;
};

export const resourceLinks = (call: VolumeCall, collection: string, id: string) => [
  { rel: "self", href: `${mountUrl(call, "/v3")}/${collection}/${id}` },
  { rel: "bookmark", href: `${mountUrl(call, "")}/${collection}/${id}` },
];

export const nextLink = (call: VolumeCall, collection: string, last: string) => {
  const query = new URLSearchParams(call.query);
  query.set("marker", last);
  return [{ rel: "next", href: `${mountUrl(call, "/v3")}/${collection}?${query}` }];
};
