interface CatalogService {
  readonly type: string;
  readonly name: string;
  readonly url: (origin: string, project: string) => string;
  /** Whether its address names a project, so that there is none without one. */
  readonly isPerProject?: true;
}

/** What a project may find here; each address follows the request's own host. */
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
  // both names are asked for: the first by Debian's clients, the other by newer SDKs
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

/** Ids are names here: stable, and enough for clients that only compare them. */
export const catalogV3 = (context: CatalogContext, project: string | null) =>
  catalogServices
    .filter(({ isPerProject }) => project !== null || !isPerProject)
    .map((service) => ({
      id: service.name,
      type: service.type,
      name: service.name,
      endpoints: toEndpoints(service, context, project ?? ""),
    }));

/** The services, as those who administer them see them. */
export const servicesV3 = () =>
  catalogServices.map(({ type, name }) => ({
    id: name,
    type,
    name,
    description: "",
    enabled: true,
  }));

/** Likewise the endpoints; an address with a project in it is a pattern. */
export const endpointsV3 = (context: CatalogContext) =>
  catalogServices.flatMap((service) =>
    toEndpoints(service, context, "$(project_id)s").map((endpoint) => ({
      ...endpoint,
      service_id: service.name,
      enabled: true,
    })),
  );

/** There is one region. */
export const regionsV3 = (region: string) => [
  { id: region, description: "", parent_region_id: null },
];

/** Rackspace's clients look for its own name of the compute service (facts/identity §4.2). */
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
