import { join } from "node:path";
import { expect, test } from "vitest";
import { hasCommand, startWithClients } from "../support/clients.ts";

test.runIf(hasCommand("ruby", "-e", 'require "fog/openstack"'))(
  "fog runs a server and an image from create to delete",
  async () => {
    const { json, unserved } = await startWithClients();
    expect(await json(`ruby ${join(import.meta.dirname, "with_fog.rb")}`)).toEqual({
      flavors: ["m1.tiny", "m1.small", "m1.medium", "m1.large", "m1.xlarge"],
      images: expect.arrayContaining(["cirros-0.6.2-x86_64-disk"]),
      created: "ACTIVE",
      servers: ["web"],
      rebooting: "HARD_REBOOT",
      rebooted: "ACTIVE",
      stopped: "SHUTOFF",
      left: [],
      image: ["active", 6],
      gone: true,
    });
    expect(unserved()).toEqual([]);
  },
);
