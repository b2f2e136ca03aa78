import { projects } from "../../../infra/local/accounts.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import type { SendRequest } from "../send-request.ts";

const cinderPath = "/volume/v3";
const unknownServerId = "0199340e-0f3e-4612-96be-6f1861b192b5";
const newestVersionHeader = { "openstack-api-version": "volume 3.70" };

export async function volumesScenario(ask: SendRequest, pass: (milliseconds: number) => void) {
  const request = (method: string, path: string, body?: object, as = "demo") =>
    ask(method, `${cinderPath}${path}`, {
      as,
      headers: newestVersionHeader,
      ...(body && { body }),
    });
  const create = async (what: string, plural: string, body: object, as = "demo") => {
    const { json } = await request("POST", `/${plural}`, { [what]: body }, as);
    pass(1_000);
    return json[what];
  };
  const both = async (method: string, path: string, body?: object) => {
    for (const as of ["demo", "admin"]) await request(method, path, body, as);
  };

  const unlimited = { quota_set: { volumes: -1, snapshots: -1 } };
  await request("PUT", `/os-quota-sets/${projects.demo.id}`, unlimited, "admin");

  const type = await create("volume_type", "types", { name: "fast" }, "admin");
  const at = `/types/${type.id}`;
  await both("GET", "/types");
  await both("GET", at);
  await request("PUT", at, { volume_type: { name: "faster" } }, "admin");
  await request("POST", `${at}/extra_specs`, { extra_specs: { a: "b" } }, "admin");
  await request("PUT", `${at}/extra_specs/a`, { a: "c" }, "admin");
  for (const path of ["/extra_specs", "/extra_specs/a", "/encryption", "/os-volume-type-access"])
    await request("GET", `${at}${path}`, undefined, "admin");
  await request("DELETE", `${at}/extra_specs/a`, undefined, "admin");
  for (const action of ["addProjectAccess", "removeProjectAccess"])
    await request("POST", `${at}/action`, { [action]: { project: "p" } }, "admin");

  const gone = await create("volume", "volumes", { size: 1 });
  await request("DELETE", `/volumes/${gone.id}`);
  pass(1_000);
  await create("volume", "volumes", { size: 1, volume_type: "faster" });
  await create("volume", "volumes", { size: 1, imageRef: seedImages[0]?.id });
  const { id } = await create("volume", "volumes", { size: 1 });
  for (const path of ["", "/detail", "/summary"]) {
    await request("GET", `/volumes${path}`);
    await request("GET", `/volumes${path}?all_tenants=1`, undefined, "admin");
  }
  const volume = `/volumes/${id}`;
  for (const path of [volume, `/volumes/${unknownServerId}`]) {
    for (const under of ["", "/encryption", "/metadata", "/metadata/a"])
      await both("GET", `${path}${under}`);
    await both("PUT", path, { volume: { name: "v" } });
    await both("POST", `${path}/metadata`, { metadata: { a: "b" } });
    await both("PUT", `${path}/metadata`, { metadata: { a: "c" } });
    await both("PUT", `${path}/metadata/a`, { meta: { a: "d" } });
    await both("DELETE", `${path}/metadata/a`);
    await both("POST", `${path}/action`, { "os-set_bootable": { bootable: true } });
    await both("POST", `${path}/action`, { "os-extend": { new_size: 2 } });
    pass(1_000);
  }
  await volumeActions();
  const snapshot = await create("snapshot", "snapshots", { volume_id: id });
  await request("POST", "/snapshots", { snapshot: { volume_id: id } }, "admin");
  await create("volume", "volumes", { snapshot_id: snapshot.id });
  for (const path of ["", "/detail"]) await both("GET", `/snapshots${path}`);
  const shot = `/snapshots/${snapshot.id}`;
  for (const under of ["", "/metadata", "/metadata/a"]) await both("GET", `${shot}${under}`);
  await both("PUT", shot, { snapshot: { name: "s" } });
  await both("POST", `${shot}/metadata`, { metadata: { a: "b" } });
  await both("PUT", `${shot}/metadata`, { metadata: { a: "c" } });
  await both("PUT", `${shot}/metadata/a`, { meta: { a: "d" } });
  await both("DELETE", `${shot}/metadata/a`);
  for (const action of ["os-update_snapshot_status", "os-reset_status"])
    await both("POST", `${shot}/action`, { [action]: { status: "error" } });
  const forced = await create("snapshot", "snapshots", { volume_id: id });
  await both("POST", `/snapshots/${forced.id}/action`, { "os-force_delete": {} });
  await both("DELETE", shot);
  pass(1_000);

  const wanted = { volume_uuid: id, instance_uuid: unknownServerId };
  const attachment = await create("attachment", "attachments", wanted);
  await request("POST", "/attachments", { attachment: wanted }, "admin");
  for (const path of ["", "/detail"]) await both("GET", `/attachments${path}`);
  const attachmentPath = `/attachments/${attachment.id}`;
  await both("GET", attachmentPath);
  await both("PUT", attachmentPath, { attachment: { connector: { initiator: "i" } } });
  await both("POST", `${attachmentPath}/action`, { "os-complete": {} });
  await both("DELETE", attachmentPath);

  for (const path of ["/limits", "/os-availability-zone", "/extensions", "/backups"])
    await request("GET", path);
  for (const path of ["/backups/detail", "/os-services", "/scheduler-stats/get_pools"])
    await request("GET", path, undefined, "admin");
  for (const path of [
    "/os-quota-sets/p?usage=true",
    "/os-quota-sets/p/defaults",
    "/os-quota-class-sets/c",
  ])
    await request("GET", path, undefined, "admin");
  await request("PUT", "/os-quota-sets/p", { quota_set: { volumes: 7 } }, "admin");
  await request("DELETE", "/os-quota-sets/p", undefined, "admin");
  await both("DELETE", volume);
  const forcedVolume = await create("volume", "volumes", { size: 1 });
  await both("POST", `/volumes/${forcedVolume.id}/action`, { "os-force_delete": {} });
  const other = await create("volume", "volumes", { size: 1 });
  await request("DELETE", `/volumes/${other.id}`, undefined, "admin");
  for (const path of [at, "/types/default"]) await request("DELETE", path, undefined, "admin");
  const spare = await create("volume_type", "types", { name: "spare" }, "admin");
  await request("DELETE", `/types/${spare.id}`, undefined, "admin");

  /** Each action leaves the volume available after a second. */
  async function volumeActions() {
    const connector = { connector: {} };
    const actions = {
      "os-set_image_metadata": { metadata: { a: "b" } },
      "os-show_image_metadata": {},
      "os-unset_image_metadata": { key: "a" },
      "os-update_readonly_flag": { readonly: false },
      "os-reserve": {},
      "os-unreserve": {},
      "os-attach": { mountpoint: "/dev/vdb", host_name: "h" },
      "os-begin_detaching": {},
      "os-roll_detaching": {},
      "os-initialize_connection": connector,
      "os-terminate_connection": connector,
      "os-detach": {},
      "os-force_detach": {},
      "os-reset_status": { status: "available" },
      "os-retype": { new_type: "faster" },
      "os-volume_upload_image": { image_name: "i" },
    };
    for (const [action, value] of Object.entries(actions)) {
      await both("POST", `${volume}/action`, { [action]: value });
      if (action === "os-retype") pass(1_000);
    }
    pass(1_000);
  }
}

export async function volumeAttachmentsScenario(
  ask: SendRequest,
  seedServer: () => Promise<{ readonly id: string }>,
  pass: (milliseconds: number) => void,
) {
  const nova = { "x-openstack-nova-api-version": "2.85" };
  for (const as of ["demo", "admin"]) {
    const { id } = await seedServer();
    const at = `/v2.1/servers/${id}/os-volume_attachments`;
    const volumeResponse = await ask("POST", `${cinderPath}/volumes`, {
      body: { volume: { size: 1 } },
    });
    const volumeId = volumeResponse.json.volume.id;
    pass(1_000);
    await ask("POST", at, { as, body: { volumeAttachment: { volumeId: unknownServerId } } });
    await ask("POST", at, { as, headers: nova, body: { volumeAttachment: { volumeId } } });
    pass(1_000);
    for (const path of ["", `/${volumeId}`]) await ask("GET", `${at}${path}`, { as });
    const keptOnTermination = { volumeAttachment: { volumeId, delete_on_termination: false } };
    await ask("PUT", `${at}/${volumeId}`, { as, headers: nova, body: keptOnTermination });
    const spare = await ask("POST", `${cinderPath}/volumes`, { body: { volume: { size: 1 } } });
    pass(1_000);
    const swap = { volumeAttachment: { volumeId: spare.json.volume.id } };
    for (const old of [unknownServerId, volumeId])
      await ask("PUT", `${at}/${old}`, { as, body: swap });
    pass(1_000);
    await ask("DELETE", `${at}/${spare.json.volume.id}`, { as });
    await ask("DELETE", `${at}/${unknownServerId}`, { as });
    await ask("DELETE", `${at}/${volumeId}`, { as });
    pass(1_000);
    await ask("POST", at, { as, body: { volumeAttachment: { volumeId } } });
    pass(1_000);
    await ask("DELETE", `/v2.1/servers/${id}`, { as });
  }
}

export async function novaVolumesScenario(ask: SendRequest, pass: (milliseconds: number) => void) {
  const v2 = "/v2.1";
  const wanted = { volume: { size: 1, display_name: "v" } };
  for (const as of ["demo", "admin"]) {
    const gone = (await ask("POST", `${v2}/os-volumes`, { body: wanted })).json.volume.id;
    pass(1_000);
    await ask("DELETE", `${v2}/os-volumes/${gone}`, { as });
    pass(1_000);
    const { id } = (await ask("POST", `${v2}/os-volumes`, { body: wanted })).json.volume;
    pass(1_000);
    const body = { snapshot: { volume_id: id } };
    const { snapshot } = (await ask("POST", `${v2}/os-snapshots`, { as, body })).json;
    pass(1_000);
    const from = { volume: { size: 1, snapshot_id: snapshot.id } };
    await ask("POST", `${v2}/os-volumes`, { as, body: from });
    for (const [kind, one] of [
      ["os-volumes", id],
      ["os-snapshots", snapshot.id],
    ])
      for (const path of ["", "/detail", `/${one}`])
        await ask("GET", `${v2}/${kind}${path}`, { as });
    await ask("DELETE", `${v2}/os-snapshots/${snapshot.id}`, { as });
    pass(1_000);
  }
}
