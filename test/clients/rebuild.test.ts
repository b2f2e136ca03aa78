import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hasCommand, startWithClients } from "../support/clients.ts";

const cirros = "cirros-0.6.2-x86_64-disk";
const debian = "debian-12-generic-amd64";

async function startWithWebServer() {
  const clients = await startWithClients();
  await clients.typed(`openstack server create web --image ${cirros} --flavor m1.small --wait`);
  const { json } = clients;
  return { ...clients, web: () => json("openstack server show web -f json") };
}

test.runIf(hasCommand("openstack"))(
  "openstack rebuilds a server, at its default version and later",
  async () => {
    const { typed, web, refused, unserved } = await startWithWebServer();
    await typed(`openstack server rebuild --image ${debian} --property tier=2 --wait web`);
    expect(await web()).toMatchObject({ status: "ACTIVE", properties: { tier: "2" } });
    expect((await web()).image).toContain(debian);

    await typed("openstack server stop web");
    await expect.poll(async () => (await web()).status, { timeout: 30_000 }).toBe("SHUTOFF");
    await typed("openstack server rebuild --password secret web");
    await expect.poll(async () => (await web()).status, { timeout: 30_000 }).toBe("SHUTOFF");
    await typed("openstack server start web");
    await expect.poll(async () => (await web()).status, { timeout: 30_000 }).toBe("ACTIVE");

    const directory = mkdtempSync(join(tmpdir(), "novaless-client-"));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const userData = join(directory, "user-data");
    writeFileSync(userData, "#cloud-config\n");
    const key = join(directory, "key.pem");
    await typed(`openstack keypair create mine --private-key ${key}`);
    const options = `--name db --description "a database" --key-name mine --user-data ${userData}`;
    const output = await typed(
      `openstack --os-compute-api-version 2.92 server rebuild ${options} --hostname db-1 --wait web -f json`,
    );
    expect(JSON.parse(output.slice(output.indexOf("{")))).toMatchObject({
      ...{ name: "db", description: "a database", key_name: "mine" },
      "OS-EXT-SRV-ATTR:hostname": "db-1",
      user_data: Buffer.from("#cloud-config\n").toString("base64"),
      adminPass: expect.any(String),
    });
    expect(
      await refused("openstack server rebuild --image ubuntu-24.04-server-cloudimg-amd64 nosuch"),
    ).toContain("No server with a name or ID of 'nosuch' exists.");
    expect(unserved()).toEqual([]);
  },
);

test.runIf(hasCommand("openstack"))(
  "openstack rescues and unrescues a server, and sets a password",
  async () => {
    const { typed, web, refused, unserved } = await startWithWebServer();
    await typed(`openstack server rescue --image ${debian} --password secret web`);
    await expect.poll(async () => (await web()).status, { timeout: 30_000 }).toBe("RESCUE");
    expect(await refused("openstack server set --password secret web")).toContain(
      "while it is in vm_state rescued (HTTP 409)",
    );
    await typed("openstack server unrescue web");
    await expect.poll(async () => (await web()).status, { timeout: 30_000 }).toBe("ACTIVE");
    await typed("openstack server set --password secret web");
    await expect.poll(async () => (await web()).status, { timeout: 30_000 }).toBe("ACTIVE");
    expect(unserved()).toEqual([]);
  },
);

test.runIf(hasCommand("openstack"))(
  "openstack creates backups and images of a server",
  async () => {
    const { json, unserved } = await startWithWebServer();
    const back = "openstack server backup create --type daily --rotate 2 --wait -f json web --name";
    for (const name of ["one", "two", "three"])
      expect(await json(`${back} ${name}`)).toMatchObject({ name });
    const snap = await json("openstack server image create web --name snap --wait -f json");
    expect(snap).toMatchObject({ name: "snap", status: "active" });
    const images = await json("openstack image list --private -f json");
    expect(images.map(({ Name }: { Name: string }) => Name).sort()).toEqual([
      "snap",
      "three",
      "two",
    ]);
    expect(unserved()).toEqual([]);
  },
);

test.runIf(hasCommand("openstack") && hasCommand("nova"))(
  "nova rebuilds, backs up and rescues a server, and sets a password",
  async () => {
    const { typed, web, json, unserved } = await startWithWebServer();
    await typed(`nova rebuild web ${debian} --poll --name db --meta tier=2 --user-data-unset`);
    await typed("nova update --name web db");
    expect(await web()).toMatchObject({ status: "ACTIVE", properties: { tier: "2" } });
    await typed("nova --os-compute-api-version 2.1 backup web one daily 1");
    const kept = async () =>
      (await json("openstack image list --private -f json")).map(
        ({ Name, Status }: Record<string, string>) => `${Name} ${Status}`,
      );
    await expect.poll(kept, { timeout: 30_000 }).toEqual(["one active"]);
    await typed("nova backup web two daily 1");
    await expect.poll(kept, { timeout: 30_000 }).toEqual(["two active"]);
    expect(await typed("nova rescue web --password secret")).toContain("secret");
    await expect.poll(async () => (await web()).status, { timeout: 30_000 }).toBe("RESCUE");
    await typed("nova unrescue web");
    await expect.poll(async () => (await web()).status, { timeout: 30_000 }).toBe("ACTIVE");
    expect(unserved()).toEqual([]);
  },
);
