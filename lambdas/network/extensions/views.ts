import type { Instant } from "../../core/instant.ts";
import { toIsoSeconds } from "../../core/times.ts";
import { networkHref } from "../links.ts";
import { extensions } from "./extensions.ts";

const updated: Instant = Date.UTC(2016, 0, 1);

const extensionFields = ({ alias, name }: { readonly alias: string; readonly name: string }) => ({
  alias,
  name,
  description: name,
  updated: `${toIsoSeconds(updated)}-00:00`,
  links: [],
});

export const extensionsView = () => ({ extensions: extensions.map(extensionFields) });

export const extensionView = (extension: { readonly alias: string; readonly name: string }) => ({
  extension: extensionFields(extension),
});

export const agentsView = () => ({ agents: [] });

export const availabilityZonesView = () => ({
  availability_zones: ["network", "router"].map((resource) => ({
    name: "nova",
    resource,
    state: "available",
  })),
});

const collections = [
  ...["networks", "subnets", "ports", "routers", "floatingips", "security-groups"],
  ...["security-group-rules", "quotas", "extensions", "availability_zones", "agents"],
];

/** neutron/pecan_wsgi/controllers/root.py V2Controller. */
export const resourcesView = (context: { readonly origin: string }) => ({
  resources: collections.map((collection) => ({
    name: collection.replace(/s$/, "").replaceAll("-", "_"),
    collection: collection.replaceAll("-", "_"),
    links: [{ rel: "self", href: networkHref(context, collection) }],
  })),
});
