import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";

test("all of Nova's extensions are listed", async () => {
  const { call } = await startCloud();
  const { extensions } = (await call("GET", "/v2.1/extensions")).json;
  expect(extensions).toHaveLength(99);
  expect(extensions).toContainEqual(expect.objectContaining({ alias: "os-hosts", name: "Hosts" }));
  const { extension } = (await call("GET", "/v2.1/extensions/os-consoles")).json;
  expect(extension).toMatchObject({
    name: "Consoles",
    description: "Interactive Console support.",
  });
});
