import { maxMicroversion, minMicroversion } from "../model/microversions.ts";
import type { VolumeCall } from "../request.ts";

/** cinder/api/versions.py. */
export const volumeVersionsView = ({ origin }: Pick<VolumeCall, "origin">) => ({
  versions: [
    {
      id: "v3.0",
      status: "CURRENT",
      version: maxMicroversion,
      min_version: minMicroversion,
      updated: "2023-08-31T00:00:00Z",
      links: [
        { rel: "describedby", type: "text/html", href: "https://docs.openstack.org/" },
        { rel: "self", href: `${origin}/volume/v3/` },
      ],
      "media-types": [
        { base: "application/json", type: "application/vnd.openstack.volume+json;version=3" },
      ],
    },
  ],
});
