import type { Instant } from "../../core/instant.ts";
import { observe } from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";

/** As /ips shows them; empty during the build (E-23). */
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
