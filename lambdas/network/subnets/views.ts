import type { Subnet } from "../model/network.ts";
import { standardView } from "../resource.ts";

export const subnetView = ({ created, updated, revision, ...rest }: Subnet) => ({
  ...rest,
  ...standardView({ created, updated, revision, ...rest }),
  subnetpool_id: null,
  segment_id: null,
});
