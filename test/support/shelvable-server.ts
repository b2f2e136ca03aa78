import { seedImages as beginnings } from "../../lambdas/image/model/image.ts";
import { startCloud } from "./cloud.ts";

export const stateMembers = { task: "OS-EXT-STS:task_state", vm: "OS-EXT-STS:vm_state" };

export async function startShelvable() {
  const cloud = await startCloud();
  const { call, pass } = cloud;
  const server = { name: "web", imageRef: beginnings[0]?.id, flavorRef: "1" };
  const { json } = await call("POST", "/v2.1/servers", { body: { server } });
  const id: string = json.server.id;
  pass(10_000);
  const at = `/v2.1/servers/${id}`;
  const headers = (version: string) => ({ "openstack-api-version": `compute ${version}` });
  return {
    ...cloud,
    id,
    act: (body: object, as = "demo", version = "2.1") =>
      call("POST", `${at}/action`, { as, body, headers: headers(version) }),
    shown: async (as = "demo") =>
      (await call("GET", at, { as, headers: headers("2.96") })).json.server,
    shelved: async () =>
      (await call("GET", "/image/v2/images?name=web-shelved")).json.images as {
        id: string;
        status: string;
      }[],
    hostOfPort: async () =>
      (await call("GET", `/network/v2.0/ports?device_id=${id}`, { as: "admin" })).json.ports.map(
        (port: Record<string, unknown>) => port["binding:host_id"],
      ),
    actions: async () =>
      (await call("GET", `${at}/os-instance-actions`)).json.instanceActions.map(
        (one: { action: string; message: string | null }) => [one.action, one.message],
      ),
  };
}
