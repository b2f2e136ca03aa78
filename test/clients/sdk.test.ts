import { join } from "node:path";
import { expect, test } from "vitest";
import { hasCommand, python, startWithClients } from "../support/clients.ts";

test.runIf(hasCommand(python, "-c", "import openstack"))(
  "openstacksdk runs a server and an image from create to delete",
  async () => {
    const { json, unserved } = await startWithClients();
    expect(await json(`${python} ${join(import.meta.dirname, "with_sdk.py")}`)).toEqual({
      flavors: ["m1.tiny", "m1.small", "m1.medium", "m1.large", "m1.xlarge"],
      images: expect.arrayContaining(["cirros-0.6.2-x86_64-disk"]),
      project: "demo",
      image: ["mine", "active", 6],
      updated: ["good", ["one"]],
      downloaded: "a disk",
      server: ["web", "ACTIVE"],
      servers: ["web"],
      stopped: "SHUTOFF",
      rebooted: "ACTIVE",
      snapshot: "active",
      deleted: true,
      left: [],
      found: null,
    });
    expect(unserved()).toEqual([]);
  },
);
