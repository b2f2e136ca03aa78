import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hasCommand, startWithClients } from "../support/clients.ts";

async function startWithClient() {
  const { typed, json, refused, user, unserved } = await startWithClients();
  return {
    say: (line: string) => typed(`openstack ${line}`),
    admin: (line: string) => typed(`openstack ${line}`, user("admin")),
    shown: (line: string) => json(`openstack ${line} -f json`),
    refused: (line: string) => refused(`openstack ${line}`),
    unserved,
  };
}

test.runIf(hasCommand("openstack"))(
  "openstack manages an image from create to delete",
  async () => {
    const { say, shown, refused, unserved } = await startWithClient();
    const home = mkdtempSync(join(tmpdir(), "novaless-"));
    onTestFinished(() => rmSync(home, { recursive: true }));
    const [disk, copy] = [join(home, "disk.raw"), join(home, "copy")];
    writeFileSync(disk, "a disk");

    const formats = "--disk-format raw --container-format bare";
    await say(`image create mine --file ${disk} ${formats} --property os=linux --tag one`);
    expect(await say("image show mine -f value -c status -c size -c visibility -c tags")).toBe(
      "6\nactive\n['one']\nshared",
    );
    await say(`image save mine --file ${copy}`);
    expect(readFileSync(copy, "utf8")).toBe("a disk");
    await say("image set mine --name other --property mood=good --tag two --min-ram 64 --private");
    await say("image unset other --property os --tag one");
    const other = await shown("image show other");
    expect(other).toMatchObject({ min_ram: 64, visibility: "private", tags: ["two"] });
    expect(other.properties).toMatchObject({ mood: "good" });
    expect(other.properties).not.toHaveProperty("os");
    const filters = "--private --tag two --name other --property mood=good";
    expect(await say(`image list ${filters} -f value -c Name`)).toBe("other");
    expect(await say("image list --public --sort name:asc -f value -c Name")).toBe(
      [
        ...["cirros-0.6.2-x86_64-disk", "debian-12-generic-amd64"],
        "ubuntu-24.04-server-cloudimg-amd64",
      ].join("\n"),
    );
    expect(await refused("image set other --public")).toContain(
      "You are not authorized to complete publicize_image action.",
    );
    await say("image set other --protected");
    expect(await refused("image delete other")).toContain("is protected and cannot be deleted.");
    await say("image set other --unprotected --deactivate");
    expect(await say("image show other -f value -c status")).toBe("deactivated");
    await say("image delete other");
    expect(await refused("image show other")).toContain("No Image found for other");
    expect(unserved()).toEqual([]);
  },
);

test.runIf(hasCommand("openstack"))(
  "openstack boots a server from another server's image",
  async () => {
    const { say, admin, shown, unserved } = await startWithClient();
    await say("server create web --image cirros-0.6.2-x86_64-disk --flavor m1.tiny --wait");
    await say("server image create web --name snap --wait");
    const { id, properties, status } = await shown("image show snap");
    expect([status, properties.image_type]).toEqual(["active", "snapshot"]);
    await say("image set --shared snap");
    await admin(`image add project ${id} alt_demo`);
    expect(await say("image member list snap -f value -c Status")).toBe("pending");
    await say("server create twin --image snap --flavor m1.tiny --wait");
    expect(await say("server list -f value -c Name -c Status -c Image --sort-column Name")).toBe(
      "twin ACTIVE snap\nweb ACTIVE cirros-0.6.2-x86_64-disk",
    );
    expect(unserved()).toEqual([]);
  },
);
