import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hasCommand, startWithClients } from "../support/clients.ts";

const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7) % 256));

test.runIf(hasCommand("glance"))("glance manages an image from create to delete", async () => {
  // The image schema is cached there.
  const home = mkdtempSync(join(tmpdir(), "novaless-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const file = join(home, "disk.raw");
  writeFileSync(file, bytes);
  const { typed, refused: complaint, unserved } = await startWithClients({ HOME: home });
  // The client reads an open stdin as image data unless it is a terminal.
  const closed = (line: string) => `sh -c "exec glance $* <&-" sh ${line}`;
  const glance = (line: string) => typed(closed(line));
  const refused = (line: string) => complaint(closed(line));
  const row = (table: string, name: string) =>
    new RegExp(`^\\| ${name} +\\| (.*?) +\\|$`, "m").exec(table)?.[1];

  expect(await glance("image-list")).toContain("cirros-0.6.2-x86_64-disk");
  const formats = "--disk-format raw --container-format bare";
  const created = await glance(`image-create --name mine ${formats} --property os=linux`);
  expect([row(created, "status"), row(created, "os"), row(created, "visibility")]).toEqual([
    "queued",
    "linux",
    "shared",
  ]);
  const id = row(created, "id");
  await glance(`image-upload --file ${file} ${id}`);
  const shown = await glance(`image-show ${id}`);
  expect([row(shown, "status"), row(shown, "size")]).toEqual(["active", "5000"]);
  await glance(`image-download --file ${join(home, "copy")} ${id}`);
  expect(readFileSync(join(home, "copy"))).toEqual(bytes);
  const updated = await glance(`image-update --name other --remove-property os ${id}`);
  expect([row(updated, "name"), row(updated, "os")]).toEqual(["other", undefined]);
  expect(await glance(`image-tag-update ${id} blue`)).toContain("['blue']");
  expect(await glance("image-list --tag blue --sort name:asc")).toContain(id);
  expect(await glance("md-namespace-list")).toContain("namespace");

  await glance(`member-create ${id} b72dc11461c84102b97576ae24d2b88c`);
  expect(await glance(`member-list --image-id ${id}`)).toContain("pending");
  expect(await refused(`image-update --visibility public ${id}`)).toBe(
    "HTTP 403 Forbidden: You are not authorized to complete publicize_image action.",
  );
  await glance(`image-update --protected True ${id}`);
  expect(await refused(`image-delete ${id}`)).toContain(
    "You are not permitted to delete the image",
  );
  await glance(`image-update --protected False ${id}`);
  await glance(`image-delete ${id}`);
  expect(await refused(`image-show ${id}`)).toBe(
    `HTTP 404 Not Found: No image found with ID ${id}`,
  );
  expect(unserved()).toEqual([]);
});
