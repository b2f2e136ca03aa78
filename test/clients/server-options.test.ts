import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { exportsFor } from "../../infra/local/exports.ts";
import { started } from "../support/started.ts";

const run = promisify(execFile);

/** Debian's python3-openstackclient and python3-novaclient. */
function has(client: string): boolean {
  try {
    execFileSync(client, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`${client} is not installed: it is not tried.`);
    return false;
  }
}

const image = "cirros-0.6.2-x86_64-disk";

/** A cloud of its own, and a client that is typed at as anybody types; `~` stands for a blank. */
async function typing(client: string) {
  const { origin, unserved } = await started();
  const env = { ...process.env, ...exportsFor(origin) };
  const words = (line: string) => line.split(" ").map((word) => word.replaceAll("~", " "));
  async function typed(line: string, as = "demo"): Promise<string> {
    const who = as === "demo" ? {} : { OS_USERNAME: as, OS_PASSWORD: as, OS_PROJECT_NAME: as };
    return (await run(client, words(line), { env: { ...env, ...who } })).stdout.trim();
  }
  const refused = (line: string, as = "demo") =>
    typed(line, as).then(
      () => "",
      (cause: { stderr: string }) => cause.stderr,
    );
  return { typed, refused, unserved };
}

/** What `-f json` prints. */
const json = async (said: Promise<string>) => JSON.parse(await said);

const names = async (said: Promise<string>) => (await said).split("\n").filter((name) => name);

test.runIf(has("openstack"))(
  "openstack server create, show, set and unset, with their options",
  async () => {
    const { typed, unserved } = await typing("openstack");
    const directory = mkdtempSync(join(tmpdir(), "novaless-client-"));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const userData = join(directory, "user-data");
    writeFileSync(userData, "#cloud-config\n");

    const create = `--image ${image} --flavor m1.tiny`;
    const latest = "--os-compute-api-version 2.92 server";
    const options =
      "--property role=web --property tier=1 --config-drive true --availability-zone nova";
    const later = "--description a~web~server --hostname web-1 --tag red --tag blue --nic auto";
    const made = await json(
      typed(`${latest} create ${create} ${options} ${later} web --wait -f json`),
    );
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
    });
    expect(made.flavor).toMatchObject({ original_name: "m1.tiny", ram: 512 });

    const plain = await json(typed("--os-compute-api-version 2.1 server show web -f json"));
    expect(plain.flavor).toBe("m1.tiny (1)");
    expect(plain).not.toHaveProperty("tags");

    await typed(`${latest} set --name db --description a~database --hostname db-1 web`);
    const set = await json(typed(`${latest} show db -f json`));
    expect([set.name, set.description, set["OS-EXT-SRV-ATTR:hostname"]]).toEqual([
      "db",
      "a database",
      "db-1",
    ]);
    await typed(`${latest} unset --description db`);
    expect((await json(typed(`${latest} show db -f json`))).description).toBeNull();

    const own = await json(
      typed(
        `--os-compute-api-version 2.92 server create ${create} --user-data ${userData} --host novaless-1 --nic auto --wait mine -f json`.replaceAll(
          "_",
          "_",
        ),
        "admin",
      ),
    );
    expect(own).toMatchObject({
      "OS-EXT-SRV-ATTR:host": "novaless-1",
      "OS-EXT-SRV-ATTR:user_data": Buffer.from("#cloud-config\n").toString("base64"),
      "OS-EXT-SRV-ATTR:root_device_name": "/dev/vda",
      host_status: "UP",
    });
    expect(unserved()).toEqual([]);
  },
  240_000,
);

test.runIf(has("openstack"))(
  "openstack server list, with its filters",
  async () => {
    const { typed, refused, unserved } = await typing("openstack");
    const list = (options: string, as = "demo") =>
      names(typed(`server list -f value -c Name ${options}`.trim(), as));
    const latest = (options: string) =>
      names(typed(`--os-compute-api-version 2.92 server list -f value -c Name ${options}`));

    await typed(`server create --image ${image} --flavor m1.tiny --min 2 --max 3 --wait many`);
    await typed(
      `--os-compute-api-version 2.92 server create --image ${image} --flavor m1.small --tag blue --nic auto --wait web`,
    );
    await typed("server stop web");

    expect(await list("")).toEqual(["web", "many-3", "many-2", "many-1"]);
    expect(await list("--name ^many-[12]$")).toEqual(["many-2", "many-1"]);
    expect(await list("--flavor m1.small")).toEqual(["web"]);
    expect(await list(`--image ${image} --limit 2`)).toEqual(["web", "many-3"]);
    expect(await list("--marker many-3 --limit 1")).toEqual(["many-2"]);
    expect(await list("--ip 10.")).toHaveLength(4);
    expect(await list("--ip 11.")).toEqual([]);
    expect(await list("--no-name-lookup --status ACTIVE")).toEqual(
      expect.arrayContaining(["many-1"]),
    );
    expect(await list("--changes-since 2020-01-01T00:00:00Z")).toHaveLength(4);
    expect(await list("--all-projects", "admin")).toHaveLength(4);
    expect(await list("", "admin")).toEqual([]);
    expect(await refused("server list --all-projects")).toMatch(
      /^Policy doesn't allow os_compute_api:servers:detail:get_all_tenants to be performed\. \(HTTP 403\)/,
    );

    expect(await latest("--tags blue")).toEqual(["web"]);
    expect(await latest("--not-tags blue")).toEqual(["many-3", "many-2", "many-1"]);
    expect(await latest("--changes-before 2020-01-01T00:00:00Z")).toEqual([]);
    await typed("--os-compute-api-version 2.92 server lock --reason at~work many-1");
    expect(await latest("--locked")).toEqual(["many-1"]);
    expect(await refused("server delete many-1")).toMatch(/is locked \(HTTP 409\)/);
    await typed("server unlock many-1");
    expect(await latest("--unlocked")).toHaveLength(4);

    await typed("server delete --wait many-1 many-2");
    expect(await list("")).toEqual(["web", "many-3"]);
    expect((await list("--deleted --all-projects", "admin")).sort()).toEqual(["many-1", "many-2"]);
    const [first] = await json(typed("--os-compute-api-version 2.92 server list --long -f json"));
    expect(first).toMatchObject({ Name: "web", Flavor: "m1.small", "Image Name": image });
    expect(unserved()).toEqual([]);
  },
  420_000,
);

test.runIf(has("openstack"))(
  "openstack: what cannot be is said in the service's words",
  async () => {
    const { typed, refused, unserved } = await typing("openstack");
    const create = `server create --image ${image} --flavor m1.tiny`;
    expect(await refused(`server create --image nope --flavor m1.tiny web`)).toContain(
      "No Image found for nope",
    );
    expect(await refused(`server create --image ${image} --flavor nope web`)).toContain(
      "No flavor with a name or ID of 'nope' exists.",
    );
    expect(await refused(`${create} --availability-zone mars web`)).toMatch(
      /^The requested availability zone is not available \(HTTP 400\)/,
    );
    expect(await refused(`${create} --min 11 --max 11 web`)).toMatch(
      /^Quota exceeded for instances: Requested 11, but already used 0 of 10 instances \(HTTP 403\)/,
    );
    expect(await refused(`${create} --key-name nope web`)).toMatch(
      /^Invalid key_name provided\. \(HTTP 400\)/,
    );
    await typed(`${create} --wait web`);
    await typed(`${create} --wait web`);
    expect(await refused("server show web")).toContain(
      "More than one server exists with the name 'web'.",
    );
    expect(await refused("server show web", "alt_demo")).toContain(
      "No server with a name or ID of 'web' exists.",
    );
    expect(await refused("--os-compute-api-version 2.96 server list")).toContain(
      "versions supported by client: 2.1 -",
    );
    expect(unserved()).toEqual([]);
  },
  240_000,
);

test.runIf(has("nova"))(
  "nova boot, list, show, update and lock, at 2.1 and at its own version",
  async () => {
    const { typed, unserved } = await typing("nova");
    const boot = `boot --image ${image} --flavor m1.tiny`;
    expect(await typed(`--os-compute-api-version 2.1 ${boot} --poll old`)).toContain("Finished");
    const old = await typed("--os-compute-api-version 2.1 show old");
    expect(old).toMatch(/\| flavor +\| m1\.tiny \(1\)/);
    expect(old).not.toMatch(/locked|tags/);

    expect(
      await typed(
        `${boot} --nic auto --tags red,blue --description by~nova --hostname nv-1 --poll nv`,
      ),
    ).toContain("Finished");
    const shown = await typed("show nv");
    for (const row of [
      /\| description +\| by nova/,
      /\| tags +\| \["blue", "red"\]/,
      /\| flavor:original_name +\| m1\.tiny/,
      /\| OS-EXT-SRV-ATTR:hostname +\| nv-1/,
      /\| locked +\| False/,
    ])
      expect(shown).toMatch(row);

    expect(await typed("--os-compute-api-version 2.1 list")).toMatch(/old.*ACTIVE/);
    const sorted = await typed("list --minimal --sort display_name:desc");
    expect(sorted).toMatch(/old.*nv/s);
    expect(await typed("list --minimal --tags blue")).not.toContain("old");
    await typed("lock --reason because nv");
    const locked = await typed("list --minimal --locked True");
    expect([locked.includes("nv"), locked.includes("old")]).toEqual([true, false]);
    expect(await typed("show nv")).toMatch(/\| locked_reason +\| because/);
    await typed("unlock nv");
    await typed("update --name db --description d nv");
    expect(await typed("show db")).toMatch(/\| description +\| d /);
    expect(unserved()).toEqual([]);
  },
  240_000,
);
