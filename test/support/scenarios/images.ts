import { seedImages } from "../../../lambdas/image/model/image.ts";
import type { SendRequest } from "../send-request.ts";

export const patchContentType = "application/openstack-images-v2.1-json-patch";
export const octetStreamHeaders = { "content-type": "application/octet-stream" };

export async function imagesScenario(ask: SendRequest, servers: readonly string[]): Promise<void> {
  const glance = "/image/v2/images";
  const body = { name: "mine", disk_format: "raw", container_format: "bare" };
  const createImage = async () => (await ask("POST", glance, { body })).json.id as string;
  const id = await createImage();
  await ask("GET", glance);
  await ask("GET", `${glance}/${id}`);
  await ask("PUT", `${glance}/${id}/file`, { headers: octetStreamHeaders, body: "bytes" });
  await ask("GET", `${glance}/${id}/file`);
  const changes = [{ op: "add", path: "/os", value: "linux" }];
  await ask("PATCH", `${glance}/${id}`, {
    headers: { "content-type": patchContentType },
    body: changes,
  });
  await ask("PUT", `${glance}/${id}/tags/one`);
  await ask("DELETE", `${glance}/${id}/tags/one`);
  await ask("POST", `${glance}/${id}/actions/deactivate`);
  await ask("POST", `${glance}/${id}/actions/reactivate`);

  await ask("POST", `${glance}/${id}/members`, { body: { member: "another" } });
  await ask("GET", `${glance}/${id}/members`);
  const member = `${glance}/${id}/members/another`;
  await ask("GET", member);
  await ask("PUT", member, { as: "admin", body: { status: "accepted" } });
  await ask("DELETE", member);

  const staged = await createImage();
  await ask("PUT", `${glance}/${staged}/stage`, { headers: octetStreamHeaders, body: "bytes" });
  await ask("POST", `${glance}/${staged}/import`, { body: { method: { name: "glance-direct" } } });
  await ask("DELETE", `${glance}/${staged}`);

  for (const path of ["schemas/image", "schemas/metadefs/namespace", "info/import", "info/stores"])
    await ask("GET", `/image/v2/${path}`);
  for (const path of ["metadefs/namespaces", "metadefs/resource_types"])
    await ask("GET", `/image/v2/${path}`);

  const nova = `/v2.1/images/${id}`;
  await ask("GET", "/v2.1/images");
  await ask("GET", "/v2.1/images/detail");
  await ask("GET", nova);
  await ask("GET", `${nova}/metadata`);
  await ask("POST", `${nova}/metadata`, { body: { metadata: { os: "linux" } } });
  await ask("PUT", `${nova}/metadata`, { body: { metadata: { os: "linux" } } });
  await ask("GET", `${nova}/metadata/os`);
  await ask("PUT", `${nova}/metadata/os`, { body: { meta: { os: "bsd" } } });
  await ask("DELETE", `${nova}/metadata/os`);
  await ask("DELETE", nova);
  await ask("DELETE", `${glance}/${seedImages[0]?.id}`, { as: "admin" });
  await ask("DELETE", `/v2.1/images/${seedImages[1]?.id}`, { as: "admin" });

  for (const server of servers)
    await ask("POST", `${server}/action`, { body: { createImage: { name: "snapshot" } } });
}
