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
  "openstack: networks, and servers on them, typed as anybody types it",
  async () => {
    const { origin, unserved } = await started();
    const env = { ...process.env, ...exportsFor(origin) };
    const openstack = async (line: string) =>
      (await run("openstack", line.split(" "), { env })).stdout.trim();
    const refused = (line: string) =>
      openstack(line).then(
        () => "",
        (cause: { stderr: string }) => cause.stderr,
      );

    expect((await openstack("network list -f value -c Name")).split("\n").sort()).toEqual([
      "private",
      "public",
    ]);
    await openstack("network create net --tag web");
    expect(await openstack("network show net -f value -c tags")).toBe("['web']");
    const range = "subnet create sub --network net --subnet-range 192.168.7.0/24";
    expect(await openstack(`${range} -f value -c gateway_ip`)).toBe("192.168.7.1");
    await openstack("subnet set --dns-nameserver 9.9.9.9 sub");
    await openstack("router create r");
    await openstack("router add subnet r sub");
    await openstack("router set r --external-gateway public");
    expect(await refused("router delete r")).toContain("still has ports");

    await openstack("security group create web");
    const ssh = "security group rule create web --protocol tcp --dst-port 22 --remote-ip 0.0.0.0/0";
    await openstack(ssh);
    expect(await refused(ssh)).toContain("Security group rule already exists");
    expect(await openstack("security group rule list web --ingress -f value -c ID")).toMatch(
      /^[0-9a-f-]{36}$/,
    );

    const port = "port create port --network net --fixed-ip subnet=sub,ip-address=192.168.7.50";
    expect(await openstack(`${port} -f value -c status`)).toBe("DOWN");
    const server = "server create web --image cirros-0.6.2-x86_64-disk --flavor m1.tiny --wait";
    const shown = "-f value -c addresses -c security_groups";
    expect(await refused(server)).toContain("Multiple possible networks found");
    expect(
      await openstack(`${server} --nic net-id=private --port port --security-group web ${shown}`),
    ).toMatch(
      /^\{'net': \['192.168.7.50'\], 'private': \['10\.[\d.]+'\]\}\n\[\{'name': 'default'\}, \{'name': 'web'\}\]$/,
    );
    const ip = await openstack("floating ip create public -f value -c floating_ip_address");
    await openstack(`floating ip set --port port ${ip}`);
    expect(await openstack("server show web -f value -c addresses")).toContain(
      `'net': ['192.168.7.50', '${ip}']`,
    );
    await openstack(`server remove floating ip web ${ip}`);
    await openstack(`server add floating ip web ${ip}`);
    expect(await openstack("server show web -f value -c addresses")).toContain(`'${ip}'`);
    await openstack("server add security group web web");
    await openstack("server remove network web private");
    expect(await openstack(`server show web ${shown}`)).toMatch(
      /^\{'net': \['192.168.7.50'.*\]\}\n\[\{'name': 'default'\}, \{'name': 'web'\}\]$/,
    );
    expect(await refused("network delete net")).toContain("one or more ports still in use");

    await openstack("server delete --wait web");
    expect(await openstack("port list --device-owner compute:nova -f value -c ID")).toBe("");
    await openstack(`floating ip delete ${ip}`);
    await openstack("port delete port");
    await openstack("security group delete web");
    await openstack("router remove subnet r sub");
    await openstack("router delete r");
    await openstack("network delete net");
    expect(unserved()).toEqual([]);
  },
  600_000,
);
