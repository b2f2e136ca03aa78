import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { exportsFor } from "../../infra/local/exports.ts";
import { started } from "../support/started.ts";

const run = promisify(execFile);

function isInstalled(client: string): boolean {
  try {
    execFileSync(client, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`${client} is not installed: it is not tried.`);
    return false;
  }
}

/** A client as its user types it, and as an administrator does; what it prints. */
async function typing(client: string) {
  const { origin, unserved } = await started();
  const as = (name: string) => async (line: string) => {
    const said = { OS_USERNAME: name, OS_PASSWORD: name, OS_PROJECT_NAME: name };
    const env = { ...process.env, ...exportsFor(origin), ...said };
    return (await run(client, line.split(" "), { env })).stdout.trim();
  };
  return {
    type: as("demo"),
    admin: as("admin"),
    /** What of the compute API the client asked for and nobody has. */
    missing: () => unserved().filter((request) => request?.includes("/v2.1")),
  };
}

const { id: project } = projects.demo;

test.runIf(isInstalled("openstack"))(
  "openstack: flavors and keypairs",
  async () => {
    const { type, admin, missing } = await typing("openstack");
    await admin(
      "flavor create --ram 64 --disk 1 --vcpus 1 --description small --property hw:x=y nano",
    );
    expect(await type("flavor show nano -f value -c description -c properties -c ram")).toBe(
      "small\n{'hw:x': 'y'}\n64",
    );
    await admin("flavor set --property a=b --description tiny nano");
    await admin("flavor unset --property hw:x nano");
    expect(await type("flavor show nano -f value -c description -c properties")).toBe(
      "tiny\n{'a': 'b'}",
    );
    expect(await type("flavor list -f value -c Name --min-ram 1024 --limit 2")).toBe(
      "m1.small\nm1.medium",
    );
    await admin("flavor delete nano");
    expect(await type("flavor list --all -f value -c Name")).not.toContain("nano");

    expect(await type("keypair create key")).toContain("PRIVATE KEY");
    expect(await type("keypair list -f value -c Name -c Type")).toBe("key ssh");
    expect(await type("keypair show --public-key key")).toMatch(/^ssh-rsa /);
    await type("keypair delete key");
    expect(await type("keypair list -f value")).toBe("");
    expect(missing()).toEqual([]);
  },
  600_000,
);

test.runIf(isInstalled("openstack"))(
  "openstack: what there may be, and where it is",
  async () => {
    const { type, admin, missing } = await typing("openstack");
    expect(await type("availability zone list -f value")).toBe("nova available");
    expect(await admin("availability zone list --long -f value")).toContain("nova-compute");
    expect(await type("limits show --absolute -f value")).toContain("maxTotalInstances 10");
    expect(await type("limits show --rate -f value")).toBe("");
    expect(await type("server group create --policy anti-affinity g -f value -c policy")).toBe(
      "anti-affinity",
    );
    expect(await type("server group list -f value -c Name -c Policy")).toBe("g anti-affinity");
    expect(await type("server group show g -f value -c members")).toBe("[]");
    await type("server group delete g");
    expect(await admin("hypervisor list -f value -c State")).toBe("up");
    expect(await admin("hypervisor show novaless-1 -f value -c vcpus_used")).toBe("0");
    expect(await admin("hypervisor stats show -f value -c count")).toBe("1");
    await admin("compute service set --disable --disable-reason why novaless-1 nova-compute");
    expect(await admin("compute service list --service nova-compute -f value -c Status")).toBe(
      "disabled",
    );
    await admin("compute service set --enable novaless-1 nova-compute");
    await admin("aggregate create --zone az a");
    await admin("aggregate add host a novaless-1");
    await admin("aggregate set --property k=v a");
    expect(await admin("aggregate list --long -f value -c Name -c Properties")).toContain(
      "'k': 'v'",
    );
    expect(await admin("usage list -f value")).toBe("");
    expect(await admin("host list -f value -c Service")).toContain("compute");
    expect(await type("extension list --compute -f value -c Alias")).toContain("os-quota-sets");
    expect(missing()).toEqual([]);
  },
  600_000,
);

for (const version of ["", "--os-compute-api-version 2.1 "])
  test.runIf(isInstalled("nova"))(
    `nova ${version || "as it is"}: what is beside the servers`,
    async () => {
      const { type: demo, admin: root, missing } = await typing("nova");
      const type = (line: string) => demo(version + line);
      const admin = (line: string) => root(version + line);
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
      expect(missing()).toEqual([]);
    },
    600_000,
  );
