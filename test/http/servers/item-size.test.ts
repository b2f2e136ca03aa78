import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { actionRequests } from "../../support/action-requests.ts";
import { startCloud } from "../../support/cloud.ts";
import { readItems } from "../../support/items.ts";

/** DynamoDB's item size (Amazon DynamoDB Developer Guide, "Item sizes and formats"). */
function sizeOf({ S, N, BOOL, NULL, L, M, SS, B }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.replace(/[-.]/g, "").length / 2) + 1;
  if (BOOL !== undefined || NULL !== undefined) return 1;
  if (SS) return SS.reduce((sum, each) => sum + Buffer.byteLength(each), 0);
  if (L) return L.reduce((sum, each) => sum + 1 + sizeOf(each), 3);
  if (M) return itemSize(M) + 3;
  return B?.length ?? 0;
}

const itemSize = (item: Readonly<Record<string, AttributeValue>>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + name.length + sizeOf(value), 0);

const lives: Readonly<Record<string, readonly object[]>> = {
  "goes on and off": [{ "os-stop": null }, { "os-start": null }, { reboot: { type: "SOFT" } }],
  "is rescued": [{ rescue: null }, { unrescue: null }],
  // With a full log a third one would be 1,051 bytes until it is confirmed.
  "is resized": [{ "os-stop": null }, { resize: { flavorRef: "2" } }, { confirmResize: null }],
  "is resized, and back": [{ resize: { flavorRef: "2" } }, { revertResize: null }],
  "is moved": [{ migrate: null }, { confirmResize: null }],
  "is rebuilt": [{ rebuild: { imageRef: seedImages[0]?.id } }],
  "is shelved": [{ shelve: null }, { unshelve: null }],
  "is imaged": [
    { createImage: { name: "snap" } },
    { createBackup: { name: "back", backup_type: "daily", rotation: 1 } },
  ],
  "fails, and is locked": [{ "os-resetState": { state: "error" } }, { lock: null }],
};

const asAdmin = ["migrate", "os-resetState"];

for (const [life, bodies] of Object.entries(lives)) {
  const served = bodies.filter((body) => actionRequests.some(({ action }) => action in body));
  test.skipIf(served.length < bodies.length)(
    `a server that ${life} stays within the one kilobyte of a write unit`,
    async () => {
      const { call, pass, table } = await startCloud();
      const body = { server: { name: "web-1", imageRef: seedImages[0]?.id, flavorRef: "1" } };
      const { id } = (await call("POST", "/v2.1/servers", { body })).json.server;
      const size = async () => {
        const found = (await readItems(table)).find(
          ({ pk, sk }) => sk?.S === `SERVER#${id}` && pk?.S?.startsWith("PROJECT#"),
        );
        return itemSize(found ?? {});
      };
      expect(await size()).toBeGreaterThan(400);
      const sizes: number[] = [];
      for (const body of served) {
        pass(5_000);
        const { status, text } = await call("POST", `/v2.1/servers/${id}/action`, {
          as: asAdmin.some((key) => key in body) ? "admin" : "demo",
          body,
        });
        expect([status < 300, text]).toEqual([true, text]);
        sizes.push(await size());
        expect(sizes.at(-1), JSON.stringify(body)).toBeLessThanOrEqual(1_024);
      }
      console.info(`a server that ${life}: ${Math.max(...sizes)} bytes at most`);
    },
  );
}
