/**
 * What Nova's lists of servers are, told once more and plainly: by what an administrator is shown of each
 * server at 2.96, which stands for Nova's table, and by nova/api/openstack/compute/servers.py.
 */

/** A server as an administrator is shown it, the id of its flavor, which 2.47 took away, and its addresses. */
export type Row = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly status: string;
  readonly flavorId: string;
  /** There before they are shown. */
  readonly fixed: readonly string[];
};

export interface Query {
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly version: number;
  readonly admin: boolean;
  readonly project: string;
}

const mysql = (zulu: unknown) =>
  typeof zulu === "string" ? zulu.slice(0, 19).replace("T", " ") : null;

const shown = (name: string) => (row: Row) => (row[name] ?? null) as string | number | null;

/** Nova's columns, and where what is in them is shown. */
const columns: Readonly<Record<string, (row: Row) => string | number | null>> = {
  display_name: shown("name"),
  display_description: shown("description"),
  hostname: shown("OS-EXT-SRV-ATTR:hostname"),
  key_name: shown("key_name"),
  user_id: shown("user_id"),
  project_id: shown("tenant_id"),
  uuid: shown("id"),
  image_ref: ({ image }) => (image as { id?: string }).id ?? "",
  flavor: shown("flavorId"),
  host: shown("OS-EXT-SRV-ATTR:host"),
  node: shown("OS-EXT-SRV-ATTR:hypervisor_hostname"),
  vm_state: shown("OS-EXT-STS:vm_state"),
  task_state: shown("OS-EXT-STS:task_state"),
  power_state: shown("OS-EXT-STS:power_state"),
  config_drive: shown("config_drive"),
  reservation_id: shown("OS-EXT-SRV-ATTR:reservation_id"),
  launch_index: shown("OS-EXT-SRV-ATTR:launch_index"),
  availability_zone: (row) => (row["OS-EXT-AZ:availability_zone"] as string) || null,
  access_ip_v4: (row) => (row["accessIPv4"] as string) || null,
  created_at: (row) => mysql(row["created"]),
  updated_at: (row) => mysql(row["updated"]),
  launched_at: (row) => mysql(row["OS-SRV-USG:launched_at"]),
  terminated_at: (row) => mysql(row["OS-SRV-USG:terminated_at"]),
  locked: ({ locked }) => (locked ? 1 : 0),
};

const whole = ["user_id", "image_ref", "flavor", "host", "uuid", "vm_state", "task_state"];

const forUsers: readonly (readonly [since: number, names: string])[] = [
  [1, "reservation_id name status image flavor ip changes-since all_tenants"],
  [26, "tags tags-any not-tags not-tags-any"],
  [66, "changes-before"],
  [73, "locked"],
  [83, "availability_zone config_drive key_name created_at launched_at terminated_at"],
  [83, "power_state task_state vm_state user_id"],
  [90, "hostname"],
];

/** From when on the schema knows a parameter; the others it has known from the start. */
const schemaSince = new Map([
  ...["tags", "tags-any", "not-tags", "not-tags-any"].map((name) => [name, 26] as const),
  ...[["changes-before", 66] as const, ["locked", 73] as const],
]);

const statuses: Readonly<Record<string, readonly [vms: string[], tasks?: string[]]>> = {
  ACTIVE: [["active"]],
  BUILD: [["building"]],
  SHUTOFF: [["stopped"]],
  ERROR: [["error"]],
  PAUSED: [["paused"]],
  REBOOT: [["active"], ["rebooting", "reboot_pending", "reboot_started"]],
  DELETED: [["deleted"]],
  SOFT_DELETED: [["soft-delete"]],
};

/** The ids of all pages, or the status of the refusal. */
export function listed(rows: readonly Row[], query: Query): readonly string[] | number {
  const { version, admin } = query;
  if (version >= 75 && query.parameters.some(([, value]) => value === "vcpus")) return 400;
  const said = new Map(
    query.parameters.filter(
      ([name]) =>
        (schemaSince.get(name) ?? 1) <= version &&
        (admin ||
          forUsers.some(([since, names]) => since <= version && names.split(" ").includes(name))),
    ),
  );
  const all = (name: string) =>
    query.parameters.filter(([one]) => one === name).map(([, value]) => value);
  let left = [...rows];
  const keep = (fits: (row: Row) => boolean) => {
    left = left.filter(fits);
  };

  const asked = all("status");
  if (asked.length > 0) {
    const known = asked
      .map((name) => statuses[name.toUpperCase()])
      .filter((states) => states !== undefined);
    if (known.length === 0) return version >= 38 ? 400 : [];
    const vms = known.flatMap(([states]) => states);
    const tasks = known.flatMap(([, running = ["default"]]) => running);
    keep((row) => vms.includes(String(columns["vm_state"]?.(row))));
    if (!tasks.includes("default"))
      keep((row) => tasks.includes(String(columns["task_state"]?.(row))));
    if (vms.every((vm) => vm === "deleted")) {
      if (!admin) return 403;
      said.set("deleted", "true");
    }
    said.delete("vm_state");
    if (!tasks.includes("default")) said.delete("task_state");
  }
  const since = said.get("changes-since");
  const before = said.get("changes-before");
  if (since && before && before < since) return 400;
  if (since) keep((row) => String(row["updated"]) >= since);
  if (before) keep((row) => String(row["updated"]) <= before);

  const is = (state: string) => (row: Row) => row["OS-EXT-STS:vm_state"] === state;
  const soft = said.get("soft_deleted");
  if (said.get("deleted") === "true")
    keep((row) => is("deleted")(row) || (soft !== "" && is("soft-delete")(row)));
  else if (said.has("deleted") || (!since && !before))
    keep((row) => !is("deleted")(row) && (Boolean(soft) || !is("soft-delete")(row)));

  if (said.get("all_tenants") === "1") {
    if (!admin) return 403;
    const project = [...said].findLast(([name]) => /^(project|tenant)_id$/.test(name))?.[1];
    if (project) keep((row) => row["tenant_id"] === project);
  } else keep((row) => row["tenant_id"] === query.project);

  // of two names for one column the last counts
  const last = new Map([...said].map(([name, value]) => [columnOf(name), [name, value] as const]));
  for (const [column, [name, value]] of last) {
    const of = columns[column];
    if (column === "locked") keep((row) => row["locked"] === (value === "true"));
    else if (/tags/.test(name)) keep((row) => tagged(name, value.split(","), row));
    else if (name === "ip")
      keep((row) => !is("deleted")(row) && row.fixed.some((one) => one.startsWith(value)));
    else if (column === "project_id" || !of) continue;
    else if (whole.includes(column))
      keep((row) => of(row) !== null && alike(String(of(row)), value));
    else keep((row) => of(row) !== null && includes(String(of(row)), value));
  }
  return ordered(left, query, all("sort_key"), all("sort_dir"));
}

const columnOf = (name: string): string =>
  ({ name: "display_name", image: "image_ref" })[name] ?? name;

const alike = (one: string, other: string) => one.toUpperCase() === other.toUpperCase();

/** Of regular expressions the queries have text with a sign for the beginning alone. */
const includes = (text: string, value: string) =>
  value.startsWith("^")
    ? text.toUpperCase().startsWith(value.slice(1).toUpperCase())
    : text.toUpperCase().includes(value.toUpperCase());

function tagged(name: string, asked: readonly string[], row: Row): boolean {
  const there = row["tags"] as string[];
  const found = asked.filter((tag) => there.includes(tag)).length;
  const fits = name.endsWith("any") ? found > 0 : found === asked.length;
  return name.startsWith("not") ? !fits : fits;
}

function ordered(
  rows: readonly Row[],
  { version, admin }: Query,
  keys: string[],
  directions: string[],
): readonly string[] | number {
  if (!admin && keys.some((key) => key === "host" || key === "node")) return 403;
  // a key that nobody sorts by goes, and its direction with it
  const left = (keys.length > 0 ? keys : ["created_at"])
    .map(
      (key, index) => [key, directions.length > 0 ? directions[index] : ["desc"][index]] as const,
    )
    .filter(([key]) => key !== "vcpus" && (key !== "locked" || version >= 73));
  const said = left.flatMap(([, direction]) => direction ?? []);
  const [[key] = [], ...more] = left;
  if (!key || (key === "created_at" && more.length === 0)) {
    const ids = rows.map(({ id }) => id).sort();
    return key && said[0] !== "desc" ? ids : ids.reverse();
  }
  const names = left.map(([name]) => name);
  const last = names.includes("uuid") ? [] : ["uuid"];
  const filled = [...said, ...last.map(() => "asc")];
  const sorting = [...names, ...last].map(
    (name, index) => [columns[name], filled[index] ?? filled[0] ?? "desc"] as const,
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
