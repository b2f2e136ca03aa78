import { expect } from "vitest";
import { images } from "../../lambdas/image/model/image.ts";
import type { Answered, Asked } from "./cloud.ts";

type Call = (method: string, path: string, asked?: Asked) => Promise<Answered>;

export const v2 = "/network/v2.0";

/** What one asks of Neutron in a test, as `demo` where it does not say. */
export function neutron(call: Call) {
  /** What was made, or the refusal. */
  async function make(kind: string, one: string, body: object, as = "demo") {
    const { status, json } = await call("POST", `${v2}/${kind}`, { as, body: { [one]: body } });
    return status === 201 ? json[one] : { status, ...json.NeutronError };
  }
  return {
    make,
    async change(kind: string, one: string, id: string, body: object, as = "demo") {
      const asked = { as, body: { [one]: body } };
      const { status, json } = await call("PUT", `${v2}/${kind}/${id}`, asked);
      return status === 200 ? json[one] : { status, ...json.NeutronError };
    },
    async remove(kind: string, id: string, as = "demo") {
      const { status, text } = await call("DELETE", `${v2}/${kind}/${id}`, { as });
      return status === 204 ? null : { status, ...JSON.parse(text).NeutronError };
    },
    async list(kind: string, query = "", as = "demo") {
      const { status, json } = await call("GET", `${v2}/${kind}${query}`, { as });
      return status === 200 ? json[kind.replaceAll("-", "_")] : { status, ...json.NeutronError };
    },
    /** A network with one subnet. */
    async place(cidr: string, over: object = {}) {
      const network = await make("networks", "network", { name: "net" });
      const subnet = { network_id: network.id, ip_version: 4, cidr, ...over };
      return { network, subnet: await make("subnets", "subnet", subnet) };
    },
    boot: (over: object = {}) =>
      call("POST", "/v2.1/servers", {
        body: { server: { name: "web", imageRef: images[0]?.id, flavorRef: "1", ...over } },
      }),
    /** The addresses a server shows, with their networks and types. */
    async addresses(id: string) {
      const { json } = await call("GET", `/v2.1/servers/${id}`);
      return Object.entries(json.server.addresses)
        .flatMap(([network, all]) =>
          (all as { addr: string; "OS-EXT-IPS:type": string }[]).map(
            (one) => `${network} ${one.addr} ${one["OS-EXT-IPS:type"]}`,
          ),
        )
        .sort();
    },
  };
}

/** How Neutron refuses. */
export const refused = (status: number, type: string, message: string) => {
  expect(message).not.toBe("");
  return { status, type, message, detail: "" };
};
