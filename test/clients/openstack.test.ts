import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { exportsFor } from "../../infra/local/exports.ts";
import { started } from "../support/started.ts";

const run = promisify(execFile);

/** Debian's python3-openstackclient. */
function hasOpenstack(): boolean {
  try {
    execFileSync("openstack", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn("openstack is not installed: the stock client is not tried.");
    return false;
  }
}

test.runIf(hasOpenstack())(
  "openstack: a server's life, typed as anybody types it",
  async () => {
    const { origin } = await started();
    const env = { ...process.env, ...exportsFor(origin) };
    const openstack = async (line: string) =>
      (await run("openstack", line.split(" "), { env })).stdout.trim();
    const refused = (line: string) =>
      openstack(line).then(
        () => "",
        (cause: { stderr: string }) => cause.stderr,
      );

    expect(await openstack("token issue -f value -c project_id")).toBe(
      "5d8b99310e6c49eaa5413aa659170deb",
    );
    expect(await openstack("flavor list -f value -c Name")).toBe(
      "m1.tiny\nm1.small\nm1.medium\nm1.large\nm1.xlarge",
    );
    expect(await openstack("image list -f value -c Name")).toContain("cirros-0.6.2-x86_64-disk");
    await openstack("keypair create key");
    const created =
      "server create web --image cirros-0.6.2-x86_64-disk --flavor m1.tiny --key-name key --wait -f value -c status";
    expect(await openstack(created)).toContain("ACTIVE");
    expect(await openstack("server list -f value -c Name -c Status -c Flavor")).toBe(
      "web ACTIVE m1.tiny",
    );
    expect(await openstack("console url show web -f value -c url")).toMatch(
      new RegExp(`^${origin}/console\\?path=%3Ftoken%3D[0-9a-f-]{36}$`),
    );
    expect(await refused("server start web")).toMatch(
      /^Cannot 'start' instance [0-9a-f-]{36} while it is in vm_state active \(HTTP 409\)/,
    );
    await openstack("server stop web");
    await openstack("server set --name db web");
    await openstack("server reboot --hard --wait db");
    expect(await openstack("server show db -f value -c status -c key_name")).toBe("key\nACTIVE");
    await openstack("server delete --wait db");
    expect(await refused("server show db")).toContain(
      "No server with a name or ID of 'db' exists.",
    );
  },
  120_000,
);
