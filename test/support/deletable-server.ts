import { seedImages } from "../../lambdas/image/model/image.ts";
import { type CallOptions, startCloud } from "./cloud.ts";

export async function startDeletable(softDelete: boolean) {
  const cloud = await startCloud();
  Object.assign(cloud.environment.settings, { softDelete });
  const { call, pass } = cloud;
  const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" };
  const create = () => call("POST", "/v2.1/servers", { body: { server } });
  const id: string = (await create()).json.server.id;
  pass(10_000);
  const at = `/v2.1/servers/${id}`;
  return {
    ...cloud,
    id,
    create,
    remove: async () => (await call("DELETE", at)).status,
    act: (body: object, options: CallOptions = {}) =>
      call("POST", `${at}/action`, { body, ...options }),
    shown: async () => (await call("GET", at)).json.server,
    status: async () => (await call("GET", at)).status,
    used: async () => {
      const { absolute } = (await call("GET", "/v2.1/limits")).json.limits;
      return [absolute.totalInstancesUsed, absolute.totalCoresUsed, absolute.totalRAMUsed];
    },
    actions: async () =>
      (
        await call("GET", `${at}/os-instance-actions`, {
          headers: { "openstack-api-version": "compute 2.21" },
        })
      ).json.instanceActions.map((one: { action: string }) => one.action),
  };
}
