import { operation } from "../../http/operation.ts";
import { statesAt } from "../../volume/model/scheduled-change.ts";
import { volumesIn } from "../../volume/repositories/volumes.ts";
import { limited, newest, pageQuery, volumeShown } from "./proxy-views.ts";

export const listProxiedVolumes = operation({
  id: "compute/list-proxied-volumes",
  service: "compute",
  route: "GET /os-volumes",
  access: { rule: "os_compute_api:os-volumes:list", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "ok",
  query: pageQuery,
  async run({ project, query, now }, environment) {
    const all = await volumesIn(environment.backend().records).all({ project, allProjects: false });
    const volumes = statesAt(all, now).sort(newest);
    return { volumes: limited(volumes, query).map(volumeShown) };
  },
});
