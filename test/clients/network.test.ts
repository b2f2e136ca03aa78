import { expect, test } from "vitest";
import { hasCommand, startWithClients } from "../support/clients.ts";

test.runIf(hasCommand("openstack"))("openstack manages networks, and servers on them", async () => {
  const { typed, json, refused: complaint, unserved } = await startWithClients();
  const openstack = (line: string) => typed(`openstack ${line}`);
  const refused = (line: string) => complaint(`openstack ${line}`);
  const shown = () => json("openstack server show web -f json");

  expect((await openstack("network list -f value -c Name")).split("\n").sort()).toEqual([
    "private",
    "public",
  ]);
  await openstack("network create net --tag web");
  expect(await openstack("network show net -f value -c tags")).toBe("['web']");
  const range = "subnet create sub --network net --subnet-range 192.168.7.0/24";
  expect(await openstack(`${range} -f value -c gateway_ip`)).toBe("192.168.7.1");
  await openstack("subnet set --dns-nameserver 9.9.9.9 sub");
  expect(await openstack("subnet list --network net -f value -c Name")).toBe("sub");
  await openstack("router create r");
  await openstack("router add subnet r sub");
  await openstack("router set r --external-gateway public");
  expect(await refused("router delete r")).toContain("still has ports");

  await openstack("security group create web");
  const ssh = "security group rule create web --protocol tcp --dst-port 22 --remote-ip 0.0.0.0/0";
  await openstack(ssh);
  expect(await refused(ssh)).toContain("Security group rule already exists");
  expect(await openstack("security group list -f value -c Name")).toBe("default\nweb");
  expect(await openstack("security group rule list web --ingress -f value -c ID")).toMatch(
    /^[0-9a-f-]{36}$/,
  );

  const port = "port create port --network net --fixed-ip subnet=sub,ip-address=192.168.7.50";
  expect(await openstack(`${port} -f value -c status`)).toBe("DOWN");
  const server = "server create web --image cirros-0.6.2-x86_64-disk --flavor m1.tiny --wait";
  expect(await refused(server)).toContain("Multiple possible networks found");
  const nics = "--nic net-id=private --port port --security-group web";
  expect(await json(`openstack ${server} ${nics} -f json`)).toMatchObject({
    addresses: { net: ["192.168.7.50"], private: [expect.stringMatching(/^10\./)] },
    security_groups: [{ name: "default" }, { name: "web" }],
  });
  const ip = await openstack("floating ip create public -f value -c floating_ip_address");
  await openstack(`floating ip set --port port ${ip}`);
  expect((await shown()).addresses.net).toEqual(["192.168.7.50", ip]);
  await openstack(`server remove floating ip web ${ip}`);
  await openstack(`server add floating ip --fixed-ip-address 192.168.7.50 web ${ip}`);
  await openstack("server add security group web web");
  await openstack("server remove network web private");
  const { addresses, security_groups: groups } = await shown();
  expect(addresses).toEqual({ net: ["192.168.7.50", ip] });
  expect(groups).toEqual([{ name: "default" }, { name: "web" }]);
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
});
