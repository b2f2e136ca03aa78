import { seedImages } from "../../lambdas/image/model/image.ts";
import { startCloud } from "./cloud.ts";
import { cinderClient } from "./volumes.ts";

export async function startWithVolumes() {
  const here = await startCloud();
  const volumes = cinderClient(here);
  const boot = async (over: object = {}) => {
    const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", ...over };
    const { id } = (await here.call("POST", "/v2.1/servers", { body: { server } })).json.server;
    here.pass(2_000);
    return id;
  };
  const at = (server: string) => `/v2.1/servers/${server}/os-volume_attachments`;
  const ask = (method: string, path: string, minor = 96, body?: object, as = "demo") =>
    here.call(method, path, {
      as,
      headers: { "x-openstack-nova-api-version": `2.${minor}` },
      ...(body && { body }),
    });
  return {
    ...here,
    ...volumes,
    boot,
    at,
    nova: ask,
    attach: (server: string, volumeId: string, over: object = {}, minor = 96, as = "demo") =>
      ask("POST", at(server), minor, { volumeAttachment: { volumeId, ...over } }, as),
  };
}

export const conflictBody = (message: string) => ({ conflictingRequest: { message, code: 409 } });
