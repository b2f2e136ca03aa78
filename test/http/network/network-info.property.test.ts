import fc from "fast-check";
import { expect, test } from "vitest";
import { seedNetworks } from "../../../lambdas/network/repositories/networks.ts";
import { startCloud } from "../../support/cloud.ts";
import { readItems } from "../../support/items.ts";
import { neutronClient } from "../../support/network.ts";

const [, publicNet] = seedNetworks;

interface Port {
  readonly id: string;
  readonly network_id: string;
  readonly device_id: string;
  readonly fixed_ips: readonly { readonly ip_address: string }[];
}

interface FloatingIp {
  readonly id: string;
  readonly port_id: string | null;
  readonly floating_ip_address: string;
}

const steps = ["plug", "unplug", "move", "lead", "leave", "drop", "give"] as const;

/** Each step acts on the port and floating IP at that position. */
const sequence = fc.array(
  fc.array(fc.record({ step: fc.constantFrom(...steps), at: fc.nat(5), to: fc.nat(40) }), {
    minLength: 1,
    maxLength: 4,
  }),
  { minLength: 4, maxLength: 7 },
);

test("property: after any changes of ports and floating IPs, some concurrent, the server shows exactly them", async () => {
  await fc.assert(
    fc.asyncProperty(sequence, async (rounds) => {
      const { call, pass, table } = await startCloud();
      const api = neutronClient(call);
      const { network, subnet } = await api.place("10.12.0.0/26");
      const { server } = (await api.boot({ networks: [{ uuid: network.id }] })).json;
      pass(2_000);
      const on = { network_id: network.id, device_id: server.id, device_owner: "compute:nova" };

      for (const round of rounds) {
        const ports: Port[] = await api.list("ports", `?device_id=${server.id}`);
        const floating: FloatingIp[] = await api.list("floatingips");
        const port = (at: number) => ports[at % Math.max(ports.length, 1)]?.id ?? server.id;
        const one = (at: number) => floating[at % Math.max(floating.length, 1)]?.id ?? server.id;
        const kinds = {
          plug: () => api.make("ports", "port", on),
          unplug: (at: number) => api.remove("ports", port(at)),
          move: (at: number, to: number) =>
            api.change("ports", "port", port(at), {
              fixed_ips: [{ subnet_id: subnet.id, ip_address: `10.12.0.${to + 10}` }],
            }),
          give: (at: number) =>
            api.make("floatingips", "floatingip", {
              floating_network_id: publicNet?.id,
              port_id: port(at),
            }),
          lead: (at: number, to: number) =>
            api.change("floatingips", "floatingip", one(at), { port_id: port(to) }),
          leave: (at: number) =>
            api.change("floatingips", "floatingip", one(at), { port_id: null }),
          drop: (at: number) => api.remove("floatingips", one(at)),
        };
        await Promise.all(round.map(({ step, at, to }) => kinds[step](at, to)));
      }

      const ports: Port[] = await api.list("ports", `?device_id=${server.id}`);
      const floating: FloatingIp[] = await api.list("floatingips");
      const fixed = ports.flatMap(({ fixed_ips }) => fixed_ips.map((ip) => ip.ip_address));
      const leading = floating.filter(({ port_id }) => ports.some(({ id }) => id === port_id));
      expect(await api.addresses(server.id)).toEqual(
        [
          ...fixed.map((ip) => `net ${ip} fixed`),
          ...leading.map((ip) => `net ${ip.floating_ip_address} floating`),
        ].sort(),
      );
      const claimed = (await readItems(table))
        .filter(({ pk }) => pk?.S?.startsWith("ADDRESSES#"))
        .map(({ sk }) => sk?.S);
      expect(claimed.sort()).toEqual(
        [...fixed, ...floating.map((ip) => ip.floating_ip_address)].sort(),
      );
    }),
    { numRuns: 12 },
  );
}, 120_000);
