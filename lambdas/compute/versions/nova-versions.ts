import { maxMicroversion, minMicroversion } from "../model/microversions.ts";

const media = (version: string) => [
  {
    base: "application/json",
    type: `application/vnd.openstack.compute+json;version=${version}`,
  },
];

/** nova/api/openstack/compute/versions.py. */
const novaVersions = {
  v2: {
    id: "v2.0",
    status: "SUPPORTED",
    version: "",
    min_version: "",
    updated: "2011-01-21T11:33:21Z",
  },
  "v2.1": {
    id: "v2.1",
    status: "CURRENT",
    version: maxMicroversion,
    min_version: minMicroversion,
    updated: "2013-07-23T11:33:21Z",
  },
} as const;

export type NovaVersion = keyof typeof novaVersions;

const selfLink = (origin: string, version: NovaVersion) => ({
  rel: "self",
  href: `${origin}/${version}/`,
});

export const versionsDocument = (origin: string) => ({
  versions: (["v2", "v2.1"] as const).map((version) => ({
    ...novaVersions[version],
    links: [selfLink(origin, version)],
  })),
});

export const versionDocument = (origin: string, version: NovaVersion) => ({
  version: {
    ...novaVersions[version],
    "media-types": media(version.slice(1)),
    links: [
      selfLink(origin, version),
      { rel: "describedby", type: "text/html", href: "http://docs.openstack.org/" },
    ],
  },
});

/** The 300 response to a path without a version. */
export const choicesDocument = (origin: string) => ({
  choices: (["v2", "v2.1"] as const).map((version) => ({
    id: novaVersions[version].id,
    status: novaVersions[version].status,
    "media-types": media(version.slice(1)),
    links: [selfLink(origin, version)],
  })),
});
