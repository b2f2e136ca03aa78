import { expect, test } from "vitest";
import { hasCommand, startWithClients } from "../support/clients.ts";
import { pollUntil } from "./until.ts";

async function startWithVolumes() {
  const { typed, json, refused, unserved, user } = await startWithClients();
  const volume = (name: string) => json(`openstack volume show ${name} -f json`);
  return {
    openstack: (line: string) => typed(`openstack ${line}`),
    refused: (line: string) => refused(`openstack ${line}`),
    admin: (line: string) => typed(`openstack ${line}`, user("admin")),
    volume,
    becomes: (name: string, status: string) =>
      pollUntil(
        () => volume(name),
        (seen) => seen.status === status,
      ),
    unserved,
  };
}

test.runIf(hasCommand("openstack"))(
  "openstack manages volumes, their types and snapshots",
  async () => {
    const { openstack, refused, admin, volume, becomes, unserved } = await startWithVolumes();
    await openstack("volume create --size 1 --property a=b --description d data");
    await becomes("data", "available");
    await openstack("volume set --name store --size 2 --property c=d data");
    await pollUntil(
      () => volume("store"),
      ({ size }) => size === 2,
    );
    expect((await volume("store")).properties).toEqual({ a: "b", c: "d" });
    await openstack("volume unset --property a store");
    expect(await openstack("volume list --long -f value -c Properties")).toBe("{'c': 'd'}");
    expect(await openstack("volume type list -f value -c Name")).toBe("lvmdriver-1");
    await admin('volume type create --property "multiattach=<is> True" multi');
    expect(await openstack("volume type list -f value -c Name")).toContain("multi");

    await openstack("volume snapshot create --volume store shot");
    await pollUntil(
      () => openstack("volume snapshot show shot -f value -c status"),
      (status) => status === "available",
    );
    expect(await refused("volume delete store")).toContain("have snapshots");
    await openstack("volume snapshot set --name snap shot");
    await openstack("volume snapshot delete snap");
    expect(await refused("volume create --size 5000 big")).toContain(
      "exceeds allowed gigabytes quota",
    );
    expect(await openstack("limits show --absolute -f value -c Name")).toContain(
      "totalVolumesUsed",
    );
    expect(unserved()).toEqual([]);
  },
);

test.runIf(hasCommand("openstack"))(
  "openstack attaches volumes to servers, and boots servers from volumes",
  async () => {
    const { openstack, refused, volume, becomes, unserved } = await startWithVolumes();
    await openstack("volume create --size 1 store");
    const boot = "server create --flavor m1.tiny --network private --wait";
    const image = "cirros-0.6.2-x86_64-disk";
    await openstack(`${boot} --image ${image} web`);
    await openstack("server add volume web store");
    await becomes("store", "in-use");
    expect(await openstack("server volume list web -f value -c Device")).toBe("/dev/vdb");
    expect(await refused("volume delete store")).toContain("must not be migrating, attached");
    await openstack("server remove volume web store");
    await becomes("store", "available");

    await openstack(`${boot} --image ${image} --boot-from-volume 1 rooted`);
    expect(await openstack("server show rooted -f value -c image")).toContain("booted from volume");
    await openstack(`volume create --image ${image} --size 1 disk`);
    await becomes("disk", "available");
    await openstack(`${boot} --volume disk booted`);
    expect((await volume("disk")).attachments).toHaveLength(1);
    await openstack("server delete --wait web rooted booted");
    await becomes("disk", "available");
    await openstack("volume delete store");
    expect(unserved()).toEqual([]);
  },
);
