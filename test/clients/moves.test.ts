import { expect, test } from "vitest";
import { hasCommand, startWithClients } from "../support/clients.ts";

const image = "cirros-0.6.2-x86_64-disk";

test.runIf(hasCommand("openstack"))(
  "openstack resizes and migrates a server, and shows the migrations",
  async () => {
    const { typed, json, user, refused, unserved } = await startWithClients();
    const admin = user("admin");
    const latest = "openstack --os-compute-api-version 2.80 server";
    await typed(`openstack server create --image ${image} --flavor m1.tiny --wait web`);
    const host = "OS-EXT-SRV-ATTR:host";
    const { id } = await json("openstack server show web -f json");
    const { [host]: first } = await json(`openstack server show ${id} -f json`, admin);

    expect(await refused("openstack server resize --flavor m1.tiny web")).toContain(
      "When resizing, instances must change flavor!",
    );
    await typed("openstack server resize --flavor m1.small --wait web");
    expect(await json("openstack server show web -f json")).toMatchObject({
      status: "VERIFY_RESIZE",
      flavor: "m1.small (2)",
    });
    await typed("openstack server resize confirm web");
    await typed("openstack server resize --flavor m1.medium --wait web");
    await typed("openstack server resize revert web");
    const reverted = async () => (await json("openstack server show web -f json")).status;
    await expect.poll(reverted, { timeout: 60_000, interval: 500 }).toBe("ACTIVE");
    expect(await json("openstack server show web -f json")).toMatchObject({
      flavor: "m1.small (2)",
    });

    expect(await refused("openstack server migrate web")).toContain("os-migrate-server:migrate");
    await typed(`openstack server migrate --wait ${id}`, admin);
    await typed(`openstack server migration confirm ${id}`, admin);
    await typed(`${latest} migrate --live-migration --host novaless-4 --wait ${id}`, admin);
    expect(await json(`openstack server show ${id} -f json`, admin)).toMatchObject({
      status: "ACTIVE",
      [host]: "novaless-4",
    });
    const list = await json(`${latest} migration list --server ${id} -f json`, admin);
    expect(list.map((one: Record<string, unknown>) => [one["Type"], one["Status"]])).toEqual([
      ["live-migration", "completed"],
      ["migration", "confirmed"],
      ["resize", "reverted"],
      ["resize", "confirmed"],
    ]);
    expect(list.at(-1)).toMatchObject({
      "Old Flavor": 1,
      "New Flavor": 2,
      "Source Compute": first,
    });
    const resizes = await json(`${latest} migration list --type resize --limit 1 -f json`, admin);
    expect(resizes).toHaveLength(1);
    expect(unserved()).toEqual([]);
  },
);

test.runIf(hasCommand("nova"))(
  "nova resizes, migrates and evacuates servers, and shows the migrations",
  async () => {
    const { typed, user, unserved } = await startWithClients();
    const admin = user("admin");
    const nova = (line: string, env?: typeof admin) => typed(`nova ${line}`, env);
    await nova(`boot --image ${image} --flavor m1.tiny --nic auto --poll web`);
    const id = (await typed("openstack server show web -f value -c id")).trim();
    const hostOf = async () =>
      (await typed(`openstack server show ${id} -f value -c OS-EXT-SRV-ATTR:host`, admin)).trim();
    expect(await nova("resize --poll web m1.small")).toContain("Finished");
    await nova("resize-confirm web");
    expect(await nova(`migrate --host novaless-3 --poll ${id}`, admin)).toContain("Finished");
    await nova(`resize-confirm ${id}`, admin);
    expect(await hostOf()).toBe("novaless-3");

    await nova(`live-migration ${id} novaless-2`, admin);
    await expect.poll(hostOf, { timeout: 60_000, interval: 500 }).toBe("novaless-2");
    await nova("--os-compute-api-version 2.52 service-force-down novaless-2", admin);
    const evacuated = await nova("host-evacuate novaless-2", admin);
    expect(evacuated).toMatch(new RegExp(`${id} +\\| True`));
    await expect.poll(hostOf, { timeout: 60_000, interval: 500 }).not.toBe("novaless-2");
    const migrations = await nova("migration-list", admin);
    for (const type of ["resize", "migration", "live-migration", "evacuation"])
      expect(migrations).toMatch(new RegExp(`\\| ${type} `));
    expect(unserved()).toEqual([]);
  },
);
