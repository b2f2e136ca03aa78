import { expect, test } from "vitest";
import { hasCommand, startWithClients } from "../support/clients.ts";
import { pollUntil } from "./until.ts";

const image = "cirros-0.6.2-x86_64-disk";

test.runIf(hasCommand("openstack"))("openstack runs a server from create to delete", async () => {
  const { origin, typed, json, refused, unserved } = await startWithClients();

  expect(await typed("openstack token issue -f value -c project_id")).toBe(
    "5d8b99310e6c49eaa5413aa659170deb",
  );
  const flavors = await json("openstack flavor list -f json");
  expect(flavors.map((flavor: { Name: string }) => flavor.Name)).toEqual(
    ["tiny", "small", "medium", "large", "xlarge"].map((size) => `m1.${size}`),
  );
  const images: { ID: string; Name: string }[] = await json("openstack image list -f json");
  const { ID: imageId } = images.find(({ Name }) => Name === image) ?? {};
  const network = await typed("openstack network show private -f value -c id");

  await typed("openstack keypair create key");
  const named = `openstack server create web --image ${image} --flavor m1.tiny --nic net-id=private --key-name key`;
  const byIds = `openstack server create twin --image ${imageId} --flavor ${flavors[0].ID} --nic net-id=${network}`;
  const [web, twin] = await Promise.all(
    [named, byIds].map((create) => json(`${create} --wait -f json`)),
  );
  expect(web).toMatchObject({ status: "ACTIVE", key_name: "key" });
  expect(twin).toMatchObject({
    image: `${image} (${imageId})`,
    flavor: "m1.tiny (1)",
    addresses: { private: [expect.stringMatching(/^10\./)] },
  });
  const list = "openstack server list -f value -c Name -c Status -c Flavor --sort-column Name";
  expect(await typed(list)).toBe("twin ACTIVE m1.tiny\nweb ACTIVE m1.tiny");
  expect(await typed("openstack console url show web -f value -c url")).toMatch(
    new RegExp(`^${origin}/console/vnc_auto.html\\?path=%3Ftoken%3D[0-9a-f-]{36}$`),
  );
  // `stop` and `start` do not wait, so the next command may come first.
  const comesTo = (status: string) =>
    pollUntil(
      () => typed("openstack server show web -f value -c status"),
      (seen) => seen === status,
    );
  await typed("openstack server stop web");
  expect(await comesTo("SHUTOFF")).toBe("SHUTOFF");
  await typed("openstack server start web");
  expect(await comesTo("ACTIVE")).toBe("ACTIVE");
  await typed("openstack server set --name db web");
  await typed("openstack server reboot --wait db");
  await typed("openstack server reboot --hard db");
  expect(await json("openstack server show db -f json")).toMatchObject({ name: "db" });
  await typed("openstack server delete --wait db twin");
  expect(await refused("openstack server show db")).toContain(
    "No server with a name or ID of 'db' exists.",
  );
  expect(unserved()).toEqual([]);
});
