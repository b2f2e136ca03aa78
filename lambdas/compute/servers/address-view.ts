import type { Instant } from "../../core/instant.ts";
import { observe } from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";

/** By network and without more, as /ips has them; none while the server is being built (E-23). */
export function addressesView({ addresses, motion }: Server, now: Instant) {
  if (observe(motion, now).vm === "building") return {};
  const all = addresses.map(({ network, version, addr }) => ({
    network,
    address: { version, addr },
  }));
  const networks = [...new Set(all.map(({ network }) => network))];
  return Object.fromEntries(
    networks.map((name) => [
      name,
      all.filter(({ network }) => network === name).map(({ address }) => address),
    ]),
  );
}
