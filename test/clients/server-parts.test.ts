import { expect, test } from "vitest";
import { hasCommand, startWithClients } from "../support/clients.ts";

const uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

async function startWithWebServer() {
  const clients = await startWithClients();
  await clients.typed(
    "openstack server create web --image cirros-0.6.2-x86_64-disk --flavor m1.tiny --wait",
  );
  return clients;
}

const tableCells = (text: string): string[][] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );

test.runIf(hasCommand("openstack"))(
  "openstack manages the properties and tags of a server, and shows its consoles, log and events",
  async () => {
    const { origin, typed, json, refused, unserved } = await startWithWebServer();
    const at = (version: string, line: string) =>
      typed(`openstack --os-compute-api-version ${version} ${line}`);

    await typed("openstack server set --property role=web --property tier=1 web");
    await typed("openstack server unset --property tier web");
    await at("2.26", "server set --tag red --tag blue web");
    await at("2.26", "server unset --tag red web");
    const web = JSON.parse(await at("2.26", "server show web -f json"));
    expect(web).toMatchObject({ properties: { role: "web" }, tags: ["blue"] });

    const address = (option: string) =>
      typed(`openstack console url show ${option} web -f value -c url`);
    for (const [option, end] of [
      ["--xvpvnc", `${origin}/console\\?token=`],
      ["--novnc", `${origin}/console/vnc_auto.html\\?path=%3Ftoken%3D`],
      ["--serial", `${origin.replace("http", "ws")}/\\?token=`],
    ] as const)
      expect(await address(option)).toMatch(new RegExp(`^${end}${uuid}$`));
    for (const [option, type] of [
      ["--spice", "spice-html5"],
      ["--rdp", "rdp-html5"],
      ["--mks", "webmks"],
    ])
      expect(await refused(`openstack console url show ${option} web`)).toContain(
        `Unavailable console type ${type}.`,
      );

    expect(await typed("openstack console log show web")).toMatch(
      /^Novaless: this is a simulated guest.*\nweb login:$/s,
    );
    expect(await typed("openstack console log show --lines 3 web")).toBe(
      "cirros-0.6.2-x86_64-disk web ttyS0\n\nweb login:",
    );

    await typed("openstack server stop web");
    const events = await json("openstack server event list web -f json");
    expect(events.map((event: { Action: string }) => event.Action)).toEqual(["stop", "create"]);
    const [{ "Request ID": request }] = events;
    expect(await typed(`openstack server event show web ${request} -f value -c action`)).toBe(
      "stop",
    );
    const long = await at("2.66", "server event list --long --limit 1 web -f json");
    expect(JSON.parse(long)).toMatchObject([{ Action: "stop", Message: null }]);
    const shown = await at("2.84", `server event show web ${request} -f json`);
    expect(shown).toContain("compute_stop_instance");
    expect(unserved()).toEqual([]);
  },
);

test
  .runIf(hasCommand("openstack") && hasCommand("nova"))
  .each(["--os-compute-api-version 2.1", ""])(
  "nova manages the parts of a server %s",
  async (version) => {
    const { origin, typed, refused, unserved } = await startWithWebServer();
    const nova = async (line: string) => tableCells(await typed(`nova ${version} ${line}`));
    expect((await nova("get-vnc-console web novnc"))[1]).toEqual([
      "novnc",
      expect.stringMatching(
        new RegExp(`^${origin}/console/vnc_auto.html\\?path=%3Ftoken%3D${uuid}$`),
      ),
    ]);
    expect((await nova("get-vnc-console web xvpvnc"))[1]?.[0]).toBe("xvpvnc");
    expect((await nova("get-serial-console web"))[1]?.[0]).toBe("serial");
    for (const kind of ["spice", "rdp"])
      expect(await refused(`nova ${version} get-${kind}-console web ${kind}-html5`)).toContain(
        `Unavailable console type ${kind}-html5. (HTTP 400)`,
      );
    expect(await typed(`nova ${version} console-log web`)).toContain("simulated guest");
    await nova("meta web set role=web tier=1");
    await nova("meta web delete tier");
    expect(await nova("show web")).toContainEqual(["metadata", '{"role": "web"}']);
    const [, [action, request] = []] = await nova("instance-action-list web");
    expect(action).toBe("create");
    expect(await nova(`instance-action web ${request}`)).toContainEqual(["action", "create"]);

    if (version === "") {
      const tags = async () => (await nova("server-tag-list web")).slice(1).flat();
      await nova("server-tag-add web red blue");
      expect(await tags()).toEqual(["blue", "red"]);
      await nova("server-tag-set web green");
      await nova("server-tag-delete web green");
      expect(await refused("nova server-tag-delete web green")).toMatch(
        new RegExp(`Instance ${uuid} has no tag 'green' \\(HTTP 404\\)`),
      );
      await nova("server-tag-delete-all web");
      expect(await tags()).toEqual([]);
    }
    expect(unserved()).toEqual([]);
  },
);
