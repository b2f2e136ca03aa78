import { expect } from "vitest";
import { seedImages } from "../../lambdas/image/model/image.ts";
import type { SendRequest } from "./send-request.ts";

export const neutronPath = "/network/v2.0";

export function neutronClient(call: SendRequest) {
  /** Returns the created resource or the refusal. */
  async function make(collection: string, singular: string, body: object, as = "demo") {
    const { status, json } = await call("POST", `${neutronPath}/${collection}`, {
      as,
      body: { [singular]: body },
    });
    return status === 201 ? json[singular] : { status, ...json.NeutronError };
  }
  return {
    make,
    async change(collection: string, singular: string, id: string, body: object, as = "demo") {
      const options = { as, body: { [singular]: body } };
      const { status, json } = await call("PUT", `${neutronPath}/${collection}/${id}`, options);
      return status === 200 ? json[singular] : { status, ...json.NeutronError };
    },
    async remove(collection: string, id: string, as = "demo") {
      const { status, text } = await call("DELETE", `${neutronPath}/${collection}/${id}`, { as });
      return status === 204 ? null : { status, ...JSON.parse(text).NeutronError };
    },
    async list(collection: string, query = "", as = "demo") {
      const { status, json } = await call("GET", `${neutronPath}/${collection}${query}`, { as });
      return status === 200
        ? json[collection.replaceAll("-", "_")]
        : { status, ...json.NeutronError };
    },
    async place(cidr: string, over: object = {}) {
      const network = await make("networks", "network", { name: "net" });
      const subnet = { network_id: network.id, ip_version: 4, cidr, ...over };
      return { network, subnet: await make("subnets", "subnet", subnet) };
    },
    boot: (over: object = {}) =>
      call("POST", "/v2.1/servers", {
        body: { server: { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", ...over } },
      }),
    async addresses(id: string) {
      const { json } = await call("GET", `/v2.1/servers/${id}`);
      return Object.entries(json.server.addresses)
        .flatMap(([network, all]) =>
          (all as { addr: string; "OS-EXT-IPS:type": string }[]).map(
            (singular) => `${network} ${singular.addr} ${singular["OS-EXT-IPS:type"]}`,
          ),
        )
        .sort();
    },
  };
}

export const neutronError = (status: number, type: string, message: string) => {
  expect(message).not.toBe("");
  return { status, type, message, detail: "" };
};
