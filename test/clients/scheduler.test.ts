import { expect, test } from "vitest";
import { hostNames } from "../../lambdas/compute/model/host-filters.ts";
import { hasCommand, startWithClients } from "../support/clients.ts";

const image = "cirros-0.6.2-x86_64-disk";
const [first, second, third] = hostNames;

test.runIf(hasCommand("openstack"))(
  "openstack aggregate, availability zone, server group and compute service place servers",
  async () => {
    const { typed, json, refused, user, unserved } = await startWithClients();
    const as = user("admin");
    const admin = (line: string) => typed(`openstack ${line}`, as);
    const at = "openstack --os-compute-api-version 2.74";
    const create = `${at} server create --image ${image} --flavor m1.tiny --nic none --wait -f json`;
    const booted = (line: string, env = as) => json(`${create} ${line}`, env);
    const hostOf = async (line: string) => (await booted(line))["OS-EXT-SRV-ATTR:host"];

    await admin("aggregate create --zone az rack");
    await admin(`aggregate add host rack ${third}`);
    expect(
      (await typed("openstack availability zone list --compute -f value")).split("\n").sort(),
    ).toEqual(["az available", "nova available"]);
    expect(await booted("--availability-zone az zoned")).toMatchObject({
      "OS-EXT-SRV-ATTR:host": third,
      "OS-EXT-AZ:availability_zone": "az",
    });
    expect(await refused(`${create} --availability-zone else strange`)).toContain(
      "The requested availability zone is not available (HTTP 400)",
    );
    await admin("aggregate create --zone other second");
    expect(await refused(`openstack aggregate add host second ${third}`, as)).toContain(
      "One or more hosts already in availability zone(s) ['az'].",
    );
    expect(await hostOf(`--host ${second} pinned`)).toBe(second);
    await admin("server delete --wait zoned pinned");

    // Groups: one server per host, also concurrently, and no fifth.
    await typed("openstack server group create --policy anti-affinity apart");
    const { id } = await json("openstack server group show apart -f json");
    const names = ["a", "b", "c", "d"];
    await Promise.all(names.map((name) => typed(`${create} --hint group=${id} ${name}`)));
    // The client warns and succeeds.
    const fifth = await typed(`${create} --hint group=${id} e`);
    expect(fifth).toContain("Error creating server");
    const servers = await json("openstack server list --all-projects --long -f json", as);
    expect(servers.map((one: { Host: string }) => one.Host ?? "None").sort()).toEqual(
      ["None", ...hostNames].sort(),
    );
    const shown = await json("openstack server show e -f json");
    expect(shown).toMatchObject({ status: "ERROR" });
    expect(JSON.stringify(shown.fault)).toContain("No valid host was found");
    expect((await json("openstack server group show apart -f json")).members).toHaveLength(5);
    await typed("openstack server delete --wait a b c d e");

    for (const host of [first, second])
      await admin(`compute service set --disable ${host} nova-compute`);
    expect(await hostOf("where")).toBe(third);
    await admin(`compute service set --enable ${second} nova-compute`);
    expect(await hostOf("there")).toBe(second);

    const failing = `${create} --property novaless:fail=create --property role=web broken`;
    expect(await typed(failing)).toContain("Error creating server");
    const { fault } = await json("openstack server show broken -f json");
    expect(JSON.stringify(fault)).toContain("Exceeded maximum number of retries.");
    expect(unserved()).toEqual([]);
  },
  600_000,
);
