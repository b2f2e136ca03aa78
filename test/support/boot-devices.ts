import { seedImages } from "../../lambdas/image/model/image.ts";
import { startCloud } from "./cloud.ts";
import { cinderClient } from "./volumes.ts";

export const [cirros, debian] = seedImages;

export async function startWithBoot() {
  const here = await startCloud();
  const post = (server: object, minor = 96) =>
    here.call("POST", "/v2.1/servers", {
      headers: { "x-openstack-nova-api-version": `2.${minor}` },
      body: { server: { name: "web", flavorRef: "1", networks: "auto", ...server } },
    });
  return {
    ...here,
    ...cinderClient(here),
    post,
    mapped: (devices: readonly object[], over: object = {}, minor = 96) =>
      post({ imageRef: "", block_device_mapping_v2: devices, ...over }, minor),
    server: async (id: string, as = "demo") =>
      (
        await here.call("GET", `/v2.1/servers/${id}`, {
          as,
          headers: { "x-openstack-nova-api-version": "2.96" },
        })
      ).json.server,
    attachments: async (id: string) =>
      (await here.call("GET", `/v2.1/servers/${id}/os-volume_attachments`)).json.volumeAttachments,
  };
}

export const imageDevice = {
  source_type: "image",
  destination_type: "volume",
  uuid: cirros?.id,
  boot_index: 0,
  volume_size: 2,
};
