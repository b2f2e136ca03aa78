import { join } from "node:path";
import { expect, test } from "vitest";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { hasCommand, startWithClients } from "../support/clients.ts";

const sources = "/usr/share/gocode";
const debian = { GO111MODULE: "off", GOPATH: sources, GOFLAGS: "" };
const gophercloud = "github.com/gophercloud/gophercloud";

test.runIf(hasCommand("ls", `${sources}/src/${gophercloud}`) && hasCommand("go", "version"))(
  "gophercloud runs a server and an image from create to delete",
  async () => {
    const { json, unserved } = await startWithClients(debian);
    expect(await json(`go run ${join(import.meta.dirname, "gophercloud/main.go")}`)).toEqual({
      flavors: ["m1.tiny", "m1.small", "m1.medium", "m1.large", "m1.xlarge"],
      found: 1,
      created: "ACTIVE",
      server: ["web", seedImages[0]?.id, "1"],
      rebooted: "ACTIVE",
      stopped: "SHUTOFF",
      snapshot: "snap",
      deleted: "gone",
      image: ["other", "active", 6, ["one"]],
      downloaded: "a disk",
    });
    expect(unserved()).toEqual([]);
  },
);
