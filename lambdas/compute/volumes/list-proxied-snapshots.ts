import { operation } from "../../http/operation.ts";
import { allSnapshots } from "../../volume/repositories/snapshots.ts";
import { limited, newest, pageQuery, snapshotShown } from "./proxy-views.ts";

export const listProxiedSnapshots = operation({
  id: "compute/list-proxied-snapshots",
  service: "compute",
  route: "GET /os-snapshots",
  access: { rule: "os_compute_api:os-volumes:snapshots:list", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "ok",
  query: pageQuery,
  async run({ project, query, now }, environment) {
    const all = await allSnapshots(
      environment.backend().records,
      { project, allProjects: false },
      now,
    );
    const sorted = all.sort((one, other) => newest(one.snapshot, other.snapshot));
    return { snapshots: limited(sorted, query).map(snapshotShown) };
  },
});
