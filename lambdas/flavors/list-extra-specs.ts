import { Fault } from "../domain/fault.ts";
import { flavorWith } from "../domain/flavor.ts";
import { operation } from "../http/operation.ts";

/** The flavors here have none; `openstack flavor list` asks for those of each (facts: nova-api §2.6). */
export const listExtraSpecs = operation({
  id: "flavors/list-extra-specs",
  service: "compute",
  route: "GET /flavors/{flavor_id}/os-extra_specs",
  access: { rule: "os_compute_api:os-flavor-extra-specs:index", role: "reader" },
  calls: [],
  answer: "document",
  async run({ path }) {
    if (!flavorWith(path.flavor_id))
      throw new Fault({ kind: "no-such", what: "flavor", id: path.flavor_id });
    return { extra_specs: {} };
  },
});
