import { seedImages } from "../../lambdas/image/model/image.ts";
import { startCloud } from "./cloud.ts";
import { microversionHeader } from "./send-request.ts";

export const spawningMs = 2_000;

export async function startWithScheduling() {
  const cloud = await startCloud();
  const { call } = cloud;
  const admin = (method: string, path: string, body?: unknown, n = 1) =>
    call(method, `/v2.1${path}`, {
      as: "admin",
      headers: microversionHeader(n),
      ...(body !== undefined && { body }),
    });
  const ask = (over: object = {}, hints: object = {}, { n = 1, as = "demo" } = {}) =>
    call("POST", "/v2.1/servers", {
      as,
      headers: microversionHeader(n),
      body: {
        server: {
          name: "web",
          imageRef: seedImages[0]?.id,
          flavorRef: "1",
          ...(n >= 37 && { networks: "auto" }),
          ...over,
        },
        "os:scheduler_hints": hints,
      },
    });
  const shown = async (id: string, n = 1) =>
    (await admin("GET", `/servers/${id}`, undefined, n)).json.server;
  const boot = async (over: object = {}, hints: object = {}, how = {}) => {
    const reply = await ask(over, hints, how);
    if (reply.status !== 202) throw new Error(reply.text);
    cloud.pass(spawningMs);
    return shown(reply.json.server.id);
  };
  const hostOf = (server: Record<string, unknown>) => server["OS-EXT-SRV-ATTR:host"];
  const bootedOn = async (over: object = {}, hints: object = {}, how = {}) =>
    hostOf(await boot(over, hints, how));
  const group = async (over: object, n = 64) =>
    (
      await call("POST", "/v2.1/os-server-groups", {
        headers: microversionHeader(n),
        body: { server_group: { name: "g", ...over } },
      })
    ).json.server_group.id;
  const setServiceStatus = (host: string, what: string) =>
    admin("PUT", `/os-services/${what}`, { host, binary: "nova-compute" });
  const flavored = async (over: object, extra_specs: object = {}) => {
    const flavor = { name: "odd", ram: 512, vcpus: 1, disk: 1, ...over };
    const { id } = (await admin("POST", "/flavors", { flavor })).json.flavor;
    await admin("POST", `/flavors/${id}/os-extra_specs`, { extra_specs });
    return id as string;
  };
  return { ...cloud, admin, ask, boot, bootedOn, hostOf, shown, group, setServiceStatus, flavored };
}
