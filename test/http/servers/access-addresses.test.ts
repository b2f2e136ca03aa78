import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { neutronClient } from "../../support/network.ts";

test("an IPv6 access address is stored in its usual short form", async () => {
  const { call } = await startCloud();
  const withAddress = (accessIPv6: string) => ({ accessIPv6 });
  const long = "0000:0000:0000:0000:0000:babe:220.12.22.2";
  const { id } = (await neutronClient(call).boot(withAddress(long))).json.server;
  const shown = async () => (await call("GET", `/v2.1/servers/${id}`)).json.server.accessIPv6;
  expect(await shown()).toBe("::babe:dc0c:1602");
  await call("PUT", `/v2.1/servers/${id}`, { body: { server: withAddress("2001:DB8:0:0::0:1") } });
  expect(await shown()).toBe("2001:db8::1");
});
