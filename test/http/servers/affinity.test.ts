import { describe, expect, test } from "vitest";
import { hostNames, noValidHostText } from "../../../lambdas/compute/model/host-filters.ts";
import { spawningMs, startWithScheduling } from "../../support/scheduling.ts";

const [first, second, third, fourth] = hostNames;

describe("affinity hints", () => {
  test("same_host and different_host hints select and exclude hosts", async () => {
    const { boot, bootedOn } = await startWithScheduling();
    const { id } = await boot();
    expect(await bootedOn({}, { different_host: id })).toBe(second);
    expect(await bootedOn({}, { different_host: [id.toUpperCase()] })).toBe(second);
    expect(await bootedOn({}, { same_host: [id] })).toBe(first);
    const stranger = "0199340e-0f3e-4612-96be-6f1861b192b5";
    expect(await bootedOn({}, { different_host: stranger })).toBe(first);
    expect((await boot({}, { same_host: stranger })).status).toBe("ERROR");
  });

  test("a group keeps servers apart, together, or tries to", async () => {
    const { bootedOn, boot, group, setServiceStatus, call, pass } = await startWithScheduling();
    const apart = await group({ policy: "anti-affinity" });
    const spread = [];
    for (let made = 0; made < 4; made++) spread.push(await bootedOn({}, { group: apart }));
    expect(spread).toEqual(hostNames);
    const fifth = await boot({}, { group: apart });
    expect(fifth).toMatchObject({
      status: "ERROR",
      fault: { message: noValidHostText, details: "ServerGroupAntiAffinityFilter left no host." },
    });
    // A deleted member frees its host at once.
    const servers = (await call("GET", "/v2.1/servers/detail?status=ACTIVE")).json.servers;
    await call("DELETE", `/v2.1/servers/${servers[0].id}`);
    pass(1_000);
    expect(await bootedOn({}, { group: apart })).toBe(fourth);
    const together = await group({ policy: "affinity" });
    await setServiceStatus(first ?? "", "disable");
    expect(await bootedOn({}, { group: together })).toBe(second);
    await setServiceStatus(first ?? "", "enable");
    expect(await bootedOn({}, { group: together })).toBe(second);
    await setServiceStatus(second ?? "", "disable");
    expect((await boot({}, { group: together })).status).toBe("ERROR");
  });

  test("a moved member avoids the other members' hosts and is excluded from its own affinity hosts", async () => {
    const { boot, group, admin, pass, shown, hostOf } = await startWithScheduling();
    const apart = await group({ policy: "anti-affinity" });
    const [one] = [await boot({}, { group: apart }), await boot({}, { group: apart })];
    const migrate = async (id: string) => {
      expect((await admin("POST", `/servers/${id}/action`, { migrate: null })).status).toBe(202);
      pass(spawningMs);
      return shown(id);
    };
    expect(hostOf(await migrate(one.id))).toBe(third);
    const together = await group({ policy: "affinity" });
    const lone = await boot({}, { group: together });
    expect(hostOf(await migrate(lone.id))).toBe(second);
    const pair = { group: await group({ policy: "affinity" }) };
    const [bound] = [await boot({}, pair), await boot({}, pair)];
    const kept = await migrate(bound.id);
    expect([kept.status, hostOf(kept)]).toEqual(["ACTIVE", first]);
  });

  test("from 2.64 on a host takes at most max_server_per_host members", async () => {
    const { bootedOn, group } = await startWithScheduling();
    const pairs = await group({ policy: "anti-affinity", rules: { max_server_per_host: 2 } });
    const hosts = [];
    for (let made = 0; made < 5; made++) hosts.push(await bootedOn({}, { group: pairs }));
    expect(hosts).toEqual([first, first, second, second, third]);
    const softly = await group({ policy: "soft-anti-affinity" });
    const soft = [];
    for (let made = 0; made < 5; made++) soft.push(await bootedOn({}, { group: softly }));
    expect(soft).toEqual([first, second, third, fourth, first]);
  });

  test("of eight concurrent anti-affinity creates four get a host and four find none", async () => {
    const { ask, group, pass, admin } = await startWithScheduling();
    const apart = await group({ policy: "anti-affinity" });
    await Promise.all(Array.from({ length: 8 }, () => ask({}, { group: apart })));
    pass(spawningMs);
    const { servers } = (await admin("GET", "/servers/detail?all_tenants=1")).json;
    const hosts = servers.map((one: Record<string, unknown>) => one["OS-EXT-SRV-ATTR:host"]);
    expect(hosts.filter((host: unknown) => host === null)).toHaveLength(4);
    expect(hosts.filter((host: unknown) => host !== null).sort()).toEqual(hostNames);
  });

  test("a flavor can require the metadata of an aggregate", async () => {
    const { admin, flavored, bootedOn, boot } = await startWithScheduling();
    const key = "aggregate_instance_extra_specs:ssd";
    const flavorRef = await flavored({}, { [key]: "true" });
    expect((await boot({ flavorRef })).status).toBe("ERROR");
    await admin("POST", "/os-aggregates", { aggregate: { name: "fast" } });
    const act = (body: object) => admin("POST", "/os-aggregates/1/action", body);
    await act({ add_host: { host: third } });
    await act({ set_metadata: { metadata: { ssd: "true" } } });
    expect(await bootedOn({ flavorRef })).toBe(third);
  });
});
