import { join } from "node:path";
import { expect, test } from "vitest";
import { hasCommand, python, startWithClients } from "../support/clients.ts";

const script = join(import.meta.dirname, "with_libcloud.py");

test.runIf(hasCommand(python, "-c", "import libcloud")).each([
  ["3.x_password", "/identity/v3/auth/tokens"],
  ["2.0_password", "/identity/v2.0/tokens"],
])("libcloud runs a server from create to delete, logged in by %s", async (version, login) => {
  const { origin, home, json, unserved } = await startWithClients();
  const env = { ...home, VERSION: version, LOGIN: `${origin}${login}` };
  expect(await json(`${python} ${script}`, env)).toEqual({
    sizes: ["m1.tiny", "m1.small", "m1.medium", "m1.large", "m1.xlarge"],
    images: expect.arrayContaining(["cirros-0.6.2-x86_64-disk"]),
    image: "cirros-0.6.2-x86_64-disk",
    created: "running",
    nodes: ["web"],
    rebooted: true,
    back: "running",
    stopped: true,
    off: "stopped",
    destroyed: true,
    gone: "None",
  });
  expect(unserved()).toEqual([]);
});
