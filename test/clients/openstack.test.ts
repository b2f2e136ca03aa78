import { expect, test } from "vitest";
import { clientsOf, has } from "../support/clients.ts";

test.runIf(has("openstack"))(
  "openstack: a server's life, typed as anybody types it",
  async () => {
    const { origin, typed, refused, unserved } = await clientsOf();

    expect(await typed("openstack token issue -f value -c project_id")).toBe(
      "5d8b99310e6c49eaa5413aa659170deb",
    );
    expect(await typed("openstack flavor list -f value -c Name")).toBe(
      "m1.tiny\nm1.small\nm1.medium\nm1.large\nm1.xlarge",
    );
    expect(await typed("openstack image list -f value -c Name")).toContain(
      "cirros-0.6.2-x86_64-disk",
    );
    await typed("openstack keypair create key");
    const created =
      "openstack server create web --image cirros-0.6.2-x86_64-disk --flavor m1.tiny --key-name key --wait -f value -c status";
    expect(await typed(created)).toContain("ACTIVE");
    expect(await typed("openstack server list -f value -c Name -c Status -c Flavor")).toBe(
      "web ACTIVE m1.tiny",
    );
    expect(await typed("openstack console url show web -f value -c url")).toMatch(
      new RegExp(`^${origin}/console\\?path=%3Ftoken%3D[0-9a-f-]{36}$`),
    );
    expect(await refused("openstack server start web")).toMatch(
      /^Cannot 'start' instance [0-9a-f-]{36} while it is in vm_state active \(HTTP 409\)/,
    );
    await typed("openstack server stop web");
    await typed("openstack server set --name db web");
    await typed("openstack server reboot --hard --wait db");
    expect(await typed("openstack server show db -f value -c status -c key_name")).toBe(
      "key\nACTIVE",
    );
    await typed("openstack server delete --wait db");
    expect(await refused("openstack server show db")).toContain(
      "No server with a name or ID of 'db' exists.",
    );
    expect(unserved()).toEqual([]);
  },
  120_000,
);
