import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hasCommand, startWithClients } from "../support/clients.ts";

const image = "cirros-0.6.2-x86_64-disk";
const latest = "openstack --os-compute-api-version 2.92 server";

test.runIf(hasCommand("openstack"))(
  "openstack creates, shows and changes a server with options",
  async () => {
    const { typed, json, user, unserved } = await startWithClients();
    const directory = mkdtempSync(join(tmpdir(), "novaless-client-"));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const userData = join(directory, "user-data");
    writeFileSync(userData, "#cloud-config\n");

    const create = `${latest} create --image ${image} --flavor m1.tiny --nic auto`;
    const options =
      "--property role=web --property tier=1 --config-drive true --availability-zone nova";
    const later = '--description "a web server" --hostname web-1 --tag red --tag blue';
    const [made, own] = await Promise.all([
      json(`${create} ${options} ${later} web --wait -f json`),
      json(
        `${create} --user-data ${userData} --host novaless-1 --wait mine -f json`,
        user("admin"),
      ),
    ]);
    expect(made).toMatchObject({
      name: "web",
      status: "ACTIVE",
      description: "a web server",
      "OS-EXT-SRV-ATTR:hostname": "web-1",
      "OS-EXT-AZ:availability_zone": "nova",
      config_drive: "True",
      properties: { role: "web", tier: "1" },
      tags: ["blue", "red"],
      locked: false,
      server_groups: [],
      flavor: { original_name: "m1.tiny", ram: 512 },
    });
    expect(own).toMatchObject({
      "OS-EXT-SRV-ATTR:host": "novaless-1",
      "OS-EXT-SRV-ATTR:user_data": Buffer.from("#cloud-config\n").toString("base64"),
      "OS-EXT-SRV-ATTR:root_device_name": "/dev/vda",
      host_status: "UP",
    });

    const plain = await json("openstack --os-compute-api-version 2.1 server show web -f json");
    expect(plain.flavor).toBe("m1.tiny (1)");
    expect(plain).not.toHaveProperty("tags");

    await typed(`${latest} set --name db --description "a database" --hostname db-1 web`);
    expect(await json(`${latest} show db -f json`)).toMatchObject({
      description: "a database",
      "OS-EXT-SRV-ATTR:hostname": "db-1",
    });
    await typed(`${latest} unset --description db`);
    expect(await json(`${latest} show db -f json`)).toMatchObject({ description: null });
    expect(unserved()).toEqual([]);
  },
);

test.runIf(hasCommand("openstack"))("openstack lists servers by its filters", async () => {
  const { typed, json, user, refused, unserved } = await startWithClients();
  const admin = user("admin");
  const names = async (line: string, env?: typeof admin) =>
    (await typed(`${line} -f value -c Name`, env)).split("\n").filter((name) => name);
  const list = (options: string, env?: typeof admin) =>
    names(`openstack server list ${options}`, env);

  await typed(`${latest} create --image ${image} --flavor m1.tiny --nic auto --min 2 --max 3 many`);
  await typed(
    `${latest} create --image ${image} --flavor m1.small --tag blue --nic auto --wait web`,
  );
  await typed("openstack server stop web");

  const [first] = await json(`${latest} list --long -f json`);
  expect(first).toMatchObject({ Name: "web", Flavor: "m1.small", "Image Name": image });
  expect(await list("--name ^many-[12]$ --status ACTIVE")).toEqual(["many-2", "many-1"]);
  expect(await list("--flavor m1.small --no-name-lookup")).toEqual(["web"]);
  expect(await list(`--image ${image} --limit 2`)).toEqual(["web", "many-3"]);
  expect(await list("--marker many-3 --limit 1")).toEqual(["many-2"]);
  expect(await list("--ip 10. --changes-since 2020-01-01T00:00:00Z")).toHaveLength(4);
  expect(await list("--ip 11.")).toEqual([]);
  expect(await list("--all-projects", admin)).toHaveLength(4);
  expect(await list("--project demo", admin)).toHaveLength(4);
  expect(await list("", admin)).toEqual([]);

  expect(await names(`${latest} list --tags blue`)).toEqual(["web"]);
  expect(await names(`${latest} list --not-tags blue`)).toEqual(["many-3", "many-2", "many-1"]);
  expect(await names(`${latest} list --changes-before 2020-01-01T00:00:00Z`)).toEqual([]);
  await typed(`${latest} lock --reason "at work" many-1`);
  expect(await names(`${latest} list --locked`)).toEqual(["many-1"]);
  expect(await refused("openstack server delete many-1")).toMatch(/is locked \(HTTP 409\)/);
  await typed("openstack server unlock many-1");
  expect(await names(`${latest} list --unlocked`)).toHaveLength(4);

  await typed("openstack server delete --wait many-1 many-2");
  expect(await list("")).toEqual(["web", "many-3"]);
  expect((await list("--deleted --all-projects", admin)).sort()).toEqual(["many-1", "many-2"]);
  expect(unserved()).toEqual([]);
});

test.runIf(hasCommand("nova"))(
  "nova boots, lists, shows, updates and locks a server, at 2.1 and at its own version",
  async () => {
    const { typed, unserved } = await startWithClients();
    const nova = (line: string) => typed(`nova ${line}`);
    const boot = `boot --image ${image} --flavor m1.tiny --poll`;
    const late = '--nic auto --tags red,blue --description "by nova" --hostname nv-1';
    expect(await nova(`--os-compute-api-version 2.1 ${boot} old`)).toContain("Finished");
    expect(await nova(`${boot} ${late} nv`)).toContain("Finished");
    const old = await nova("--os-compute-api-version 2.1 show old");
    expect(old).toMatch(/\| flavor +\| m1\.tiny \(1\)/);
    expect(old).not.toMatch(/locked|tags/);
    const shown = await nova("show nv");
    for (const row of [
      /\| description +\| by nova/,
      /\| tags +\| \["blue", "red"\]/,
      /\| flavor:original_name +\| m1\.tiny/,
      /\| OS-EXT-SRV-ATTR:hostname +\| nv-1/,
      /\| locked +\| False/,
    ])
      expect(shown).toMatch(row);

    expect(await nova("--os-compute-api-version 2.1 list")).toMatch(/old.*ACTIVE/);
    expect(await nova("list --minimal --sort display_name:desc")).toMatch(/old.*nv/s);
    expect(await nova("list --minimal --tags blue")).not.toContain("old");
    await nova("lock --reason because nv");
    const locked = await nova("list --minimal --locked True");
    expect([locked.includes("nv"), locked.includes("old")]).toEqual([true, false]);
    expect(await nova("show nv")).toMatch(/\| locked_reason +\| because/);
    await nova("unlock nv");
    await nova("update --name db --description d nv");
    expect(await nova("show db")).toMatch(/\| description +\| d /);
    for (const line of ["stop db", "reboot --poll old", "delete old"]) await nova(line);
    expect(unserved()).toEqual([]);
  },
);
