/**
 * A plain model of Nova's server lists. Its rows are servers as an administrator sees them at 2.96;
 * its rules are from nova/api/openstack/compute/servers.py.
 */

export type ModelRow = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly status: string;
  readonly flavorId: string;
  /** Present before they are shown. */
  readonly fixedIps: readonly string[];
};

export interface ListQuery {
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly minorVersion: number;
  readonly isAdmin: boolean;
  readonly project: string;
}

const toMysqlTime = (isoTime: unknown) =>
  typeof isoTime === "string" ? isoTime.slice(0, 19).replace("T", " ") : null;

const readMember = (name: string) => (row: ModelRow) =>
  (row[name] ?? null) as string | number | null;

/** Nova's columns and their members in the view. */
const novaColumns: Readonly<Record<string, (row: ModelRow) => string | number | null>> = {
  display_name: readMember("name"),
  display_description: readMember("description"),
  hostname: readMember("OS-EXT-SRV-ATTR:hostname"),
  key_name: readMember("key_name"),
  user_id: readMember("user_id"),
  project_id: readMember("tenant_id"),
  uuid: readMember("id"),
  image_ref: ({ image }) => (image as { id?: string }).id ?? "",
  flavor: readMember("flavorId"),
  host: readMember("OS-EXT-SRV-ATTR:host"),
  node: readMember("OS-EXT-SRV-ATTR:hypervisor_hostname"),
  vm_state: readMember("OS-EXT-STS:vm_state"),
  task_state: readMember("OS-EXT-STS:task_state"),
  power_state: readMember("OS-EXT-STS:power_state"),
  config_drive: readMember("config_drive"),
  reservation_id: readMember("OS-EXT-SRV-ATTR:reservation_id"),
  launch_index: readMember("OS-EXT-SRV-ATTR:launch_index"),
  availability_zone: (row) => (row["OS-EXT-AZ:availability_zone"] as string) || null,
  access_ip_v4: (row) => (row["accessIPv4"] as string) || null,
  created_at: (row) => toMysqlTime(row["created"]),
  updated_at: (row) => toMysqlTime(row["updated"]),
  launched_at: (row) => toMysqlTime(row["OS-SRV-USG:launched_at"]),
  terminated_at: (row) => toMysqlTime(row["OS-SRV-USG:terminated_at"]),
  locked: ({ locked }) => (locked ? 1 : 0),
};

const exactColumns = ["user_id", "image_ref", "flavor", "host", "uuid", "vm_state", "task_state"];

const userParameters: readonly (readonly [since: number, names: string])[] = [
  [1, "reservation_id name status image flavor ip changes-since all_tenants"],
  [26, "tags tags-any not-tags not-tags-any"],
  [66, "changes-before"],
  [73, "locked"],
  [83, "availability_zone config_drive key_name created_at launched_at terminated_at"],
  [83, "power_state task_state vm_state user_id"],
  [90, "hostname"],
];

/** Minor versions of newer parameters. */
const parametersSince = new Map([
  ...["tags", "tags-any", "not-tags", "not-tags-any"].map((name) => [name, 26] as const),
  ...[["changes-before", 66] as const, ["locked", 73] as const],
]);

const statesByStatus: Readonly<Record<string, readonly [vms: string[], tasks?: string[]]>> = {
  ACTIVE: [["active"]],
  BUILD: [["building"]],
  SHUTOFF: [["stopped"]],
  ERROR: [["error"]],
  PAUSED: [["paused"]],
  REBOOT: [["active"], ["rebooting", "reboot_pending", "reboot_started"]],
  DELETED: [["deleted"]],
  SOFT_DELETED: [["soft-delete"]],
};

/** The ids of all pages, or the refusal's status. */
export function expectedList(
  rows: readonly ModelRow[],
  query: ListQuery,
): readonly string[] | number {
  const { minorVersion, isAdmin } = query;
  if (minorVersion >= 75 && query.parameters.some(([, value]) => value === "vcpus")) return 400;
  const effective = new Map(
    query.parameters.filter(
      ([name]) =>
        (parametersSince.get(name) ?? 1) <= minorVersion &&
        (isAdmin ||
          userParameters.some(
            ([since, names]) => since <= minorVersion && names.split(" ").includes(name),
          )),
    ),
  );
  const all = (name: string) =>
    query.parameters.filter(([one]) => one === name).map(([, value]) => value);
  let remaining = [...rows];
  const keep = (fits: (row: ModelRow) => boolean) => {
    remaining = remaining.filter(fits);
  };

  const statusNames = all("status");
  if (statusNames.length > 0) {
    const known = statusNames
      .map((name) => statesByStatus[name.toUpperCase()])
      .filter((states) => states !== undefined);
    if (known.length === 0) return minorVersion >= 38 ? 400 : [];
    const vms = known.flatMap(([states]) => states);
    const tasks = known.flatMap(([, running = ["default"]]) => running);
    keep((row) => vms.includes(String(novaColumns["vm_state"]?.(row))));
    if (!tasks.includes("default"))
      keep((row) => tasks.includes(String(novaColumns["task_state"]?.(row))));
    if (vms.every((vm) => vm === "deleted")) {
      if (!isAdmin) return 403;
      effective.set("deleted", "true");
    }
    effective.delete("vm_state");
    if (!tasks.includes("default")) effective.delete("task_state");
  }
  const since = effective.get("changes-since");
  const before = effective.get("changes-before");
  if (since && before && before < since) return 400;
  if (since) keep((row) => String(row["updated"]) >= since);
  if (before) keep((row) => String(row["updated"]) <= before);

  const isState = (state: string) => (row: ModelRow) => row["OS-EXT-STS:vm_state"] === state;
  const soft = effective.get("soft_deleted");
  if (effective.get("deleted") === "true")
    keep((row) => isState("deleted")(row) || (soft !== "" && isState("soft-delete")(row)));
  else if (effective.has("deleted") || (!since && !before))
    keep((row) => !isState("deleted")(row) && (Boolean(soft) || !isState("soft-delete")(row)));

  if (effective.get("all_tenants") === "1") {
    if (!isAdmin) return 403;
    const project = [...effective].findLast(([name]) => /^(project|tenant)_id$/.test(name))?.[1];
    if (project) keep((row) => row["tenant_id"] === project);
  } else keep((row) => row["tenant_id"] === query.project);

  // The last of two names for one column counts.
  const last = new Map(
    [...effective].map(([name, value]) => [columnOf(name), [name, value] as const]),
  );
  for (const [column, [name, value]] of last) {
    const readColumn = novaColumns[column];
    if (column === "locked") keep((row) => row["locked"] === (value === "true"));
    else if (/tags/.test(name)) keep((row) => matchesTags(name, value.split(","), row));
    else if (name === "ip")
      keep((row) => !isState("deleted")(row) && row.fixedIps.some((one) => one.startsWith(value)));
    else if (column === "project_id" || !readColumn) continue;
    else if (exactColumns.includes(column))
      keep((row) => readColumn(row) !== null && equalsIgnoringCase(String(readColumn(row)), value));
    else keep((row) => readColumn(row) !== null && matchesText(String(readColumn(row)), value));
  }
  return sortIds(remaining, query, all("sort_key"), all("sort_dir"));
}

const columnOf = (name: string): string =>
  ({ name: "display_name", image: "image_ref" })[name] ?? name;

const equalsIgnoringCase = (one: string, other: string) =>
  one.toUpperCase() === other.toUpperCase();

/** The generated patterns are text, with ^ at most. */
const matchesText = (text: string, value: string) =>
  value.startsWith("^")
    ? text.toUpperCase().startsWith(value.slice(1).toUpperCase())
    : text.toUpperCase().includes(value.toUpperCase());

function matchesTags(name: string, requestedTags: readonly string[], row: ModelRow): boolean {
  const serverTags = row["tags"] as string[];
  const found = requestedTags.filter((tag) => serverTags.includes(tag)).length;
  const fits = name.endsWith("any") ? found > 0 : found === requestedTags.length;
  return name.startsWith("not") ? !fits : fits;
}

function sortIds(
  rows: readonly ModelRow[],
  { minorVersion, isAdmin }: ListQuery,
  keys: string[],
  directions: string[],
): readonly string[] | number {
  if (!isAdmin && keys.some((key) => key === "host" || key === "node")) return 403;
  // An unknown key is dropped with its direction.
  const sortKeys = (keys.length > 0 ? keys : ["created_at"])
    .map(
      (key, index) => [key, directions.length > 0 ? directions[index] : ["desc"][index]] as const,
    )
    .filter(([key]) => key !== "vcpus" && (key !== "locked" || minorVersion >= 73));
  const directionsGiven = sortKeys.flatMap(([, direction]) => direction ?? []);
  const [[key] = [], ...more] = sortKeys;
  if (!key || (key === "created_at" && more.length === 0)) {
    const ids = rows.map(({ id }) => id).sort();
    return key && directionsGiven[0] !== "desc" ? ids : ids.reverse();
  }
  const names = sortKeys.map(([name]) => name);
  const last = names.includes("uuid") ? [] : ["uuid"];
  const filled = [...directionsGiven, ...last.map(() => "asc")];
  const sorting = [...names, ...last].map(
    (name, index) => [novaColumns[name], filled[index] ?? filled[0] ?? "desc"] as const,
  );
  return rows
    .toSorted((one, other) => {
      for (const [column, direction] of sorting) {
        const [a, b] = [column?.(one) ?? null, column?.(other) ?? null].map((value) =>
          typeof value === "string" ? value.toUpperCase() : value,
        );
        if (a === b) continue;
        const less = a === null || a === undefined || (b !== null && b !== undefined && a < b);
        return less === (direction === "asc") ? -1 : 1;
      }
      return 0;
    })
    .map(({ id }) => id);
}
