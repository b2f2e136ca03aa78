import type { Spoken } from "../dialect.ts";

interface Service {
  readonly type: string;
  readonly name: string;
  readonly url: (origin: string, project: string) => string;
}

/** What a project may find here; each address follows the request's own host. */
export const services: readonly Service[] = [
  { type: "compute", name: "nova", url: (origin) => `${origin}/v2.1` },
  {
    type: "compute_legacy",
    name: "nova_legacy",
    url: (origin, project) => `${origin}/v2/${project}`,
  },
  { type: "identity", name: "keystone", url: (origin) => `${origin}/identity` },
  { type: "image", name: "glance", url: (origin) => `${origin}/image` },
  { type: "network", name: "neutron", url: (origin) => `${origin}/network` },
];

const interfaces = ["public", "internal", "admin"] as const;

/** Ids are names here: stable, and enough for clients that only compare them. */
export const catalogV3 = ({ origin, region }: Spoken, project: string) =>
  services.map(({ type, name, url }) => ({
    id: name,
    type,
    name,
    endpoints: interfaces.map((side) => ({
      id: `${name}-${side}`,
      interface: side,
      region,
      region_id: region,
      url: url(origin, project),
    })),
  }));

/** Rackspace's clients look for its own name of the compute service (facts/identity §4.2). */
export const catalogV2 = ({ origin, region }: Spoken, project: string) =>
  [
    ...services,
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
