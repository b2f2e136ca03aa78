const media = (version: string) => [
  { base: "application/json", type: `application/vnd.openstack.identity-${version}+json` },
];

/** keystone/api/discovery.py. */
export const identityV3 = (origin: string) => ({
  id: "v3.14",
  status: "stable",
  updated: "2020-04-07T00:00:00Z",
  links: [{ rel: "self", href: `${origin}/identity/v3/` }],
  "media-types": media("v3"),
});

/** Until Queens; the Rackspace dialect logs in by it. */
export const identityV2 = (origin: string) => ({
  id: "v2.0",
  status: "deprecated",
  updated: "2016-08-04T00:00:00Z",
  links: [{ rel: "self", href: `${origin}/identity/v2.0/` }],
  "media-types": media("v2.0"),
});
