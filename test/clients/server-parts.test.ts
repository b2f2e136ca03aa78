import { describe, expect, test } from "vitest";
import { clientsOf, has } from "../support/clients.ts";

const uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** A cloud with the server `web`. */
async function withWeb() {
  const clients = await clientsOf();
  await clients.typed(
    "openstack server create web --image cirros-0.6.2-x86_64-disk --flavor m1.tiny --wait",
  );
  return clients;
}

/** A table of novaclient's, by its rows and columns. */
const cells = (text: string): string[][] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );

describe.runIf(has("openstack"))("openstack", () => {
  test("sets and unsets properties, tags, a name", async () => {
    const { typed, unserved } = await withWeb();
    const shown = (column: string) => typed(`openstack server show db -f json -c ${column}`);
    await typed("openstack server set --name db --property role=web --property tier=1 web");
    expect(JSON.parse(await shown("properties"))).toEqual({
      properties: { role: "web", tier: "1" },
    });
    await typed("openstack server unset --property tier db");
    expect(JSON.parse(await shown("properties"))).toEqual({ properties: { role: "web" } });
    await typed("openstack --os-compute-api-version 2.26 server set --tag red --tag blue db");
    await typed("openstack --os-compute-api-version 2.26 server unset --tag red db");
    expect(unserved()).toEqual([]);
  }, 120_000);

  test("shows the address of a console, of every kind there is", async () => {
    const { origin, typed, refused, unserved } = await withWeb();
    for (const [option, end] of [
      ["", `${origin}/console\\?path=%3Ftoken%3D`],
      ["--xvpvnc", `${origin}/console\\?token=`],
      ["--spice", `${origin}/spice_auto.html\\?token=`],
      ["--serial", `${origin.replace("http", "ws")}/\\?token=`],
    ])
      expect(await typed(`openstack console url show ${option} web -f value -c url`)).toMatch(
        new RegExp(`^${end}${uuid}$`),
      );
    expect(await refused("openstack console url show --rdp web")).toContain(
      "Unavailable console type rdp-html5.",
    );
    expect(
      await typed(
        "openstack --os-compute-api-version 2.1 console url show --xvpvnc web -f value -c type",
      ),
    ).toBe("xvpvnc");
    expect(unserved()).toEqual([]);
  }, 120_000);

  test("shows the console's log, or its end", async () => {
    const { typed, unserved } = await withWeb();
    await expect
      .poll(() => typed("openstack console log show web"), { timeout: 20_000 })
      .toMatch(/^Novaless: this is a simulated guest.*\nweb login:$/s);
    expect(await typed("openstack console log show --lines 3 web")).toBe(
      "cirros-0.6.2-x86_64-disk web ttyS0\n\nweb login:",
    );
    expect(unserved()).toEqual([]);
  }, 120_000);

  test("lists what was done to a server, and shows one of it", async () => {
    const { typed, unserved } = await withWeb();
    await typed("openstack server stop web");
    const events = JSON.parse(await typed("openstack server event list web -f json"));
    expect(events.map((event: { Action: string }) => event.Action)).toEqual(["stop", "create"]);
    const [{ "Request ID": request }] = events;
    expect(await typed(`openstack server event show web ${request} -f value -c action`)).toBe(
      "stop",
    );
    const long =
      "openstack --os-compute-api-version 2.66 server event list --long --limit 1 web -f json";
    expect(JSON.parse(await typed(long))).toMatchObject([{ Action: "stop", Message: null }]);
    const { events: shown } = JSON.parse(
      await typed(
        `openstack --os-compute-api-version 2.84 server event show web ${request} -f json`,
      ),
    );
    expect(JSON.stringify(shown)).toContain("compute_stop_instance");
    expect(unserved()).toEqual([]);
  }, 120_000);
});

describe.runIf(has("nova"))("nova", () => {
  for (const version of ["--os-compute-api-version 2.1", ""])
    test(`finds all that hangs on a server ${version}`, async () => {
      const { origin, typed, refused, unserved } = await withWeb();
      const nova = async (line: string) => cells(await typed(`nova ${version} ${line}`));
      expect((await nova("get-vnc-console web novnc"))[1]).toEqual([
        "novnc",
        expect.stringMatching(new RegExp(`^${origin}/console\\?path=%3Ftoken%3D${uuid}$`)),
      ]);
      expect((await nova("get-vnc-console web xvpvnc"))[1]?.[0]).toBe("xvpvnc");
      expect((await nova("get-serial-console web"))[1]?.[0]).toBe("serial");
      expect((await nova("get-spice-console web spice-html5"))[1]?.[0]).toBe("spice-html5");
      expect(await refused(`nova ${version} get-rdp-console web rdp-html5`)).toContain(
        "Unavailable console type rdp-html5. (HTTP 400)",
      );
      expect(await typed(`nova ${version} console-log web`)).toContain("simulated guest");
      await nova("meta web set role=web tier=1");
      await nova("meta web delete tier");
      expect(JSON.parse(await typed("openstack server show web -f json -c properties"))).toEqual({
        properties: { role: "web" },
      });
      const [, [action, request] = []] = await nova("instance-action-list web");
      expect(action).toBe("create");
      expect(await nova(`instance-action web ${request}`)).toContainEqual(["action", "create"]);
      expect(unserved()).toEqual([]);
    }, 120_000);

  test("tags a server", async () => {
    const { typed, refused, unserved } = await withWeb();
    const tags = async () =>
      cells(await typed("nova server-tag-list web"))
        .slice(1)
        .flat();
    await typed("nova server-tag-add web red blue");
    expect(await tags()).toEqual(["blue", "red"]);
    await typed("nova server-tag-set web green");
    await typed("nova server-tag-delete web green");
    expect(await refused("nova server-tag-delete web green")).toMatch(
      new RegExp(`Instance ${uuid} has no tag 'green' \\(HTTP 404\\)`),
    );
    await typed("nova server-tag-delete-all web");
    expect(await tags()).toEqual([]);
    expect(unserved()).toEqual([]);
  }, 120_000);
});
