import { operation } from "../../http/operation.ts";

const collections = [
  ...["networks", "subnets", "ports", "routers", "floatingips", "security-groups"],
  ...["security-group-rules", "quotas", "extensions", "availability_zones", "agents"],
];

/** neutron/pecan_wsgi/controllers/root.py V2Controller. */
export const showResources = operation({
  id: "network/show-resources",
  service: "network",
  route: "GET /v2.0",
  access: "public",
  dynamoCalls: [],
  answer: "ok",
  run: async ({ origin }) => ({
    resources: collections.map((collection) => ({
      name: collection.replace(/s$/, "").replaceAll("-", "_"),
      collection: collection.replaceAll("-", "_"),
      links: [{ rel: "self", href: `${origin}/network/v2.0/${collection}` }],
    })),
  }),
});
