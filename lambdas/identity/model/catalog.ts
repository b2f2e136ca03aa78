interface CatalogService {
  readonly type: string;
  readonly name: string;
  readonly url: (origin: string, project: string) => string;
  /** The URL contains the project id. */
  readonly isPerProject?: true;
}

/** URLs follow the request's host. */
export const catalogServices: readonly CatalogService[] = [
  { type: "compute", name: "nova", url: (origin) => `${origin}/v2.1` },
  {
    type: "compute_legacy",
    name: "nova_legacy",
    url: (origin, project) => `${origin}/v2/${project}`,
    isPerProject: true,
  },
  { type: "identity", name: "keystone", url: (origin) => `${origin}/identity` },
  { type: "image", name: "glance", url: (origin) => `${origin}/image` },
  { type: "network", name: "neutron", url: (origin) => `${origin}/network` },
  // Debian's clients look for the first type, newer SDKs for the second
  {
    type: "volumev3",
    name: "cinderv3",
    url: (origin, project) => `${origin}/volume/v3/${project}`,
    isPerProject: true,
  },
  {
    type: "block-storage",
    name: "cinder",
    url: (origin, project) => `${origin}/volume/v3/${project}`,
    isPerProject: true,
  },
];

const endpointInterfaces = ["public", "internal", "admin"] as const;

export interface CatalogContext {
  readonly origin: string;
  readonly region: string;
}

const toEndpoints = (
  { name, url }: CatalogService,
  { origin, region }: CatalogContext,
  project: string,
) =>
  endpointInterfaces.map((interfaceName) => ({
    id: `${name}-${interfaceName}`,
    interface: interfaceName,
    region,
    region_id: region,
    url: url(origin, project),
  }));

/** Ids are names, which are stable. */
export const catalogV3 = (context: CatalogContext, project: string | null) =>
  catalogServices
    .filter(({ isPerProject }) => project !== null || !isPerProject)
    .map((service) => ({
      id: service.name,
      type: service.type,
      name: service.name,
      endpoints: toEndpoints(service, context, project ?? ""),
    }));

export const servicesV3 = () =>
  catalogServices.map(({ type, name }) => ({
    id: name,
    type,
    name,
    description: "",
    enabled: true,
  }));

/** A URL with a project id is a pattern. */
export const endpointsV3 = (context: CatalogContext) =>
  catalogServices.flatMap((service) =>
    toEndpoints(service, context, "$(project_id)s").map((endpoint) => ({
      ...endpoint,
      service_id: service.name,
      enabled: true,
    })),
  );

export const regionsV3 = (region: string) => [
  { id: region, description: "", parent_region_id: null },
];

/** Rackspace's clients look for this name. */
export const catalogV2 = ({ origin, region }: CatalogContext, project: string) =>
  [
    ...catalogServices,
    {
      type: "compute",
      name: "cloudServersOpenStack",
      url: (base: string, id: string) => `${base}/v2/${id}`,
    },
  ].map(({ type, name, url }) => {
    const address = url(origin, project);
    return {
      type,
      name,
      endpoints: [
        { region, publicURL: address, internalURL: address, adminURL: address, tenantId: project },
      ],
    };
  });
