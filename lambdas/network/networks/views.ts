import type { Network } from "../model/network.ts";
import { standardView } from "../resource.ts";

export const networkView = ({ created, updated, revision, subnets, ...rest }: Network) => ({
  ...rest,
  ...standardView({ created, updated, revision, ...rest }),
  status: "ACTIVE",
  subnets: subnets.map(({ id }) => id),
  availability_zones: ["nova"],
  ipv4_address_scope: null,
  ipv6_address_scope: null,
});
