import { describe, expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { startCloud } from "../../support/cloud.ts";
import { imageRef, ownImageId } from "../../support/rebuildable-server.ts";
import { rootVolume, seedServer, settledServer } from "../../support/servers.ts";

describe("a rebuild of a volume-backed server", () => {
  async function onVolume() {
    const cloud = await startCloud();
    const at = `/volume/v3/${projects.demo.id}/volumes`;
    const { volume } = (
      await cloud.call("POST", at, { body: { volume: { size: 5, imageRef: ownImageId } } })
    ).json;
    const { id } = await seedServer(
      cloud.table,
      settledServer("active", { image: null, volumes: [rootVolume(volume.id)] }),
    );
    cloud.pass(5_000);
    return {
      rebuild: (imageRef: string, version: string, over: object = {}) =>
        cloud.call("POST", `/v2.1/servers/${id}/action`, {
          headers: { "openstack-api-version": `compute ${version}` },
          body: { rebuild: { imageRef, ...over } },
        }),
      inside: async () =>
        (await cloud.call("GET", `${at}/${volume.id}`)).json.volume.volume_image_metadata.image_id,
    };
  }

  test("accepts only the volume's image until 2.92", async () => {
    const { rebuild, inside } = await onVolume();
    const refused = await rebuild(imageRef, "2.92");
    expect([refused.status, refused.json.badRequest.message]).toEqual([
      400,
      `Image ${imageRef} is unacceptable: Unable to rebuild with a different image for a volume-backed server.`,
    ]);
    expect((await rebuild(ownImageId, "2.92")).json.server.image).toBe("");
    expect(await inside()).toBe(ownImageId);
  });

  test("accepts another image from 2.93 on", async () => {
    const { rebuild, inside } = await onVolume();
    expect((await rebuild(imageRef, "2.93")).json.server.image).toBe("");
    expect(await inside()).toBe(imageRef);
  });

  test("verifies no certificates", async () => {
    const { rebuild } = await onVolume();
    const over = { trusted_image_certificates: ["cert"] };
    expect((await rebuild(ownImageId, "2.93", over)).json.badRequest.message).toBe(
      "Image certificate validation is not supported for volume-backed servers.",
    );
    expect((await rebuild(ownImageId, "2.93", { trusted_image_certificates: null })).status).toBe(
      202,
    );
  });
});
