import { seedImages } from "../../lambdas/image/model/image.ts";
import { startWithServer } from "./with-server.ts";

export const [ownImage, otherImage, largeImage] = seedImages;

export const imageRef = otherImage?.id ?? "";

export const ownImageId = ownImage?.id ?? "";

export async function startRebuildable(...given: Parameters<typeof startWithServer>) {
  const cloud = await startWithServer(...given);
  return {
    ...cloud,
    rebuild: (over: object = {}, version = "2.1", as = "demo") =>
      cloud.part("POST", "action", { rebuild: { imageRef: ownImageId, ...over } }, version, as),
    /** The administrator's view, which shows the most. */
    async all() {
      const headers = { "openstack-api-version": "compute 2.96" };
      return (await cloud.call("GET", `/v2.1/servers/${cloud.id}`, { as: "admin", headers })).json
        .server;
    },
  };
}
