import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { images } from "../../lambdas/domain/image.ts";
import { started } from "../support/started.ts";
import { isInstalled, program } from "./command.ts";

/** Where Debian keeps the sources of Go's packages. */
const sources = "/usr/share/gocode";
const debian = { GO111MODULE: "off", GOPATH: sources, GOFLAGS: "" };
const hasGophercloud = existsSync(`${sources}/src/github.com/gophercloud/gophercloud`);

test.runIf(isInstalled("gophercloud", hasGophercloud ? "go" : "false", ["version"]))(
  "gophercloud: a server's life and an image's",
  async () => {
    const { origin, unserved } = await started();
    const main = join(import.meta.dirname, "gophercloud/main.go");
    expect(await program("go", origin).json(["run", main], debian)).toEqual({
      flavors: ["m1.tiny", "m1.small", "m1.medium", "m1.large", "m1.xlarge"],
      found: 1,
      created: "ACTIVE",
      server: ["web", images[0]?.id, "1"],
      rebooted: "ACTIVE",
      stopped: "SHUTOFF",
      snapshot: "snap",
      deleted: "gone",
      image: ["other", "active", 6, ["one"]],
      downloaded: "a disk",
    });
    expect(unserved()).toEqual([]);
  },
  180_000,
);
