import { describe, expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { hasCommand, startWithClients } from "../support/clients.ts";

async function startWithClient(client: string) {
  const { typed, json, user, unserved } = await startWithClients();
  const admin = user("admin");
  return {
    type: (line: string) => typed(`${client} ${line}`),
    admin: (line: string) => typed(`${client} ${line}`, admin),
    shown: (line: string) => json(`${client} ${line} -f json`, admin),
    unserved,
  };
}

const { id: project } = projects.demo;

describe.runIf(hasCommand("openstack"))("openstack", () => {
  test("flavors and keypairs", async () => {
    const { type, admin, shown, unserved } = await startWithClient("openstack");
    const size = "--ram 64 --disk 1 --vcpus 1";
    await admin(`flavor create ${size} --description small --property hw:x=y nano`);
    await admin("flavor set --property a=b --description tiny nano");
    const both = { "hw:x": "y", a: "b" };
    expect(await shown("flavor show nano")).toMatchObject({
      ...{ ram: 64, description: "tiny", properties: both },
    });
    await admin("flavor unset --property hw:x nano");
    expect(await shown("flavor show nano")).toMatchObject({ properties: { a: "b" } });
    await admin("flavor delete nano");
    expect(await type("flavor list -f value -c Name --min-ram 1024 --limit 2")).toBe(
      "m1.small\nm1.medium",
    );
    expect(await type("flavor list --all -f value -c Name")).not.toContain("nano");

    expect(await type("keypair create key")).toContain("PRIVATE KEY");
    expect(await type("keypair list -f value -c Name -c Type")).toBe("key ssh");
    expect(await type("keypair show --public-key key")).toMatch(/^ssh-rsa /);
    await type("keypair delete key");
    expect(await type("keypair list -f value")).toBe("");
    expect(unserved()).toEqual([]);
  });

  test("quotas and limits", async () => {
    const { type, admin, shown, unserved } = await startWithClient("openstack");
    expect(await type("limits show --absolute -f value")).toContain("maxTotalInstances 10");
    expect(await type("limits show --rate -f value")).toBe("");
    expect(await shown("quota show demo")).toMatchObject({ instances: 10, networks: 100 });
    await admin("quota set --instances 20 --networks 7 demo");
    expect(await shown("quota show demo")).toMatchObject({ instances: 20, networks: 7 });
    expect(await shown("quota show --default demo")).toMatchObject({ instances: 10 });
    expect(await type("limits show --absolute -f value")).toContain("maxTotalInstances 20");
    expect(await type("server group create --policy anti-affinity g -f value -c policy")).toBe(
      "anti-affinity",
    );
    expect(await type("server group list -f value -c Name -c Policy")).toBe("g anti-affinity");
    expect(await type("server group show g -f value -c members")).toBe("[]");
    await type("server group delete g");
    expect(await admin("usage list -f value")).toBe("");
    expect(unserved()).toEqual([]);
  });

  test("hosts and zones", async () => {
    const { type, admin, shown, unserved } = await startWithClient("openstack");
    expect(await type("availability zone list --compute -f value")).toBe("nova available");
    const services = (await shown("availability zone list --long")).map(
      (zone: { "Zone Resource": string; "Service Name": string }) =>
        zone["Zone Resource"] || zone["Service Name"],
    );
    expect(services).toEqual(expect.arrayContaining(["nova-compute", "network", "router"]));
    const states = (await admin("hypervisor list -f value -c State")).split("\n");
    expect(states).toEqual(["up", "up", "up", "up"]);
    expect(await shown("hypervisor show novaless-1")).toMatchObject({ vcpus_used: 0 });
    expect(await admin("hypervisor stats show -f value -c count")).toBe("4");
    await admin("compute service set --disable --disable-reason why novaless-1 nova-compute");
    const computes = await admin("compute service list --service nova-compute -f value -c Status");
    expect(computes.split("\n")).toEqual(["disabled", "enabled", "enabled", "enabled"]);
    await admin("compute service set --enable novaless-1 nova-compute");
    await admin("aggregate create --zone az a");
    await admin("aggregate add host a novaless-1");
    await admin("aggregate set --property k=v a");
    expect(await admin("aggregate list --long -f value -c Properties")).toContain("'k': 'v'");
    expect(await admin("host list -f value -c Service")).toContain("compute");
    expect(await type("extension list --compute -f value -c Alias")).toContain("os-quota-sets");
    expect(unserved()).toEqual([]);
  });
});

describe.runIf(hasCommand("nova"))("nova", () => {
  test.each(["", "--os-compute-api-version 2.1"])("other resources %s", async (at) => {
    const { type, admin, unserved } = await startWithClient(`nova ${at}`);
    expect(await type("flavor-list")).toContain("m1.xlarge");
    expect(await admin("flavor-create nano auto 64 1 1")).toContain("nano");
    await admin("flavor-key nano set a=b");
    await admin("flavor-delete nano");
    await admin("flavor-create --is-public False hidden h 64 1 1");
    expect(await admin(`flavor-access-add h ${project}`)).toContain(project);
    expect(await type("flavor-list")).toContain("hidden");
    expect(await type("keypair-list")).not.toContain("ERROR");
    expect(await type("availability-zone-list")).toContain("available");
    expect(await type("limits")).toContain("Instances");
    await admin(`quota-update --instances 3 ${project}`);
    expect(await type("quota-show")).toMatch(/instances +\| 3 /);
    await admin(`quota-delete --tenant ${project}`);
    expect(await type("quota-show")).toMatch(/instances +\| 10 /);
    expect(await admin("quota-class-show default")).toMatch(/ram +\| 51200 /);
    expect(await type("server-group-create g affinity")).toContain("affinity");
    expect(await type("server-group-list")).toContain("affinity");
    expect(await admin("hypervisor-list")).toContain("novaless-1");
    expect(await admin("service-list --binary nova-compute")).toContain("enabled");
    expect(await admin("aggregate-list")).toContain("Availability Zone");
    expect(await admin("usage-list")).toContain("Usage from");
    expect(unserved()).toEqual([]);
  });
});
