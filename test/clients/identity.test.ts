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

/** The stock client, typed as somebody; what it writes, or its complaint. */
async function shells() {
  const server = await started();
  const as =
    (over: Record<string, string>, without: readonly string[] = []) =>
    async (line: string): Promise<string> => {
      const all = { ...process.env, ...exportsFor(server.origin), ...over };
      const env = Object.fromEntries(Object.entries(all).filter(([key]) => !without.includes(key)));
      return run("openstack", line.split(" "), { env }).then(
        ({ stdout }) => stdout.trim(),
        ({ stderr }: { stderr: string }) => stderr.trim(),
      );
    };
  const user = (name: string, password: string, project: string) =>
    as({ OS_USERNAME: name, OS_PASSWORD: password, OS_PROJECT_NAME: project });
  return { ...server, as, user, admin: user("admin", "admin", "admin") };
}

const slow = 300_000;

test.runIf(hasOpenstack())(
  "openstack: an administrator makes a project, a user and a role, and the user works",
  async () => {
    const { admin, user, unserved } = await shells();
    expect(await admin("project create --description hello web -f value -c name")).toBe("web");
    expect(await admin("project create web")).toContain("(HTTP 409)");
    await admin("project set --name shop --property colour=red web");
    expect(await admin("project show shop -f value -c colour -c enabled")).toBe("red\nTrue");
    await admin("user create --password pw --email ann@example.com --project shop ann");
    expect(await admin("user show ann -f value -c email")).toBe("ann@example.com");
    await admin("role create auditor");
    await admin("role add --user ann --project shop member");
    await admin("role add --user ann --project shop auditor");
    const assigned = "role assignment list --user ann --project shop --names -f value -c Role";
    expect((await admin(assigned)).split("\n").sort()).toEqual(["auditor", "member"]);
    expect((await admin(`${assigned} --effective`)).split("\n").sort()).toEqual([
      "auditor",
      "member",
      "reader",
    ]);
    expect(await admin("user list --project shop -f value -c Name")).toBe("ann");

    const ann = user("ann", "pw", "shop");
    expect(await ann("project list -f value -c Name")).toBe("shop");
    expect(await ann("server list")).toBe("");
    expect(await ann("user list")).toContain(
      "You are not authorized to perform the requested action: identity:list_users. (HTTP 403)",
    );
    await ann("user password set --original-password pw --password new");
    expect(await ann("token issue -f value -c user_id")).toContain("(HTTP 401)");
    const again = user("ann", "new", "shop");
    const token = await again("token issue -f value -c id");
    expect(await again(`token revoke ${token}`)).toBe("");

    await admin("role remove --user ann --project shop auditor");
    await admin("user set --disable ann");
    expect(await again("token issue")).toContain("(HTTP 401)");
    await admin("user set --enable --name anna --password n3w ann");
    expect(await user("anna", "n3w", "shop")("token issue -f value -c project_id")).toMatch(
      /^[0-9a-f]{32}$/,
    );
    for (const one of ["user delete anna", "role delete auditor", "project delete shop"])
      expect(await admin(one)).toBe("");
    expect(await admin("user show anna")).toContain("No user with a name or ID of 'anna' exists.");
    expect(unserved()).toEqual([]);
  },
  slow,
);

test.runIf(hasOpenstack())(
  "openstack: domains, the system, and what there is to find",
  async () => {
    const { admin, as, unserved } = await shells();
    expect(await admin("domain create --description d other -f value -c name")).toBe("other");
    expect(await admin("domain list -f value -c Name")).toContain("Default");
    await admin("project create --domain other web");
    await admin("user create --domain other --password pw bob");
    await admin(
      "role add --user bob --user-domain other --project web --project-domain other member",
    );
    const there = { OS_USERNAME: "bob", OS_PASSWORD: "pw", OS_USER_DOMAIN_NAME: "other" };
    const bob = as({ ...there, OS_PROJECT_NAME: "web", OS_PROJECT_DOMAIN_NAME: "other" });
    expect(await bob("server list")).toBe("");
    await admin("role add --user bob --user-domain other --system all admin");
    const everywhere = as({ ...there, OS_SYSTEM_SCOPE: "all" }, [
      "OS_PROJECT_NAME",
      "OS_PROJECT_DOMAIN_NAME",
    ]);
    expect(await everywhere("token issue -f value -c system")).toBe("all");
    expect(await everywhere("project list -f value -c Name")).toContain("alt_demo");
    expect(await admin("domain delete other")).toContain("please disable it first");
    await admin("domain set --disable other");
    expect(await bob("token issue")).toContain("(HTTP 401)");
    expect(await admin("domain delete other")).toBe("");

    expect(await admin("role list -f value -c Name")).toBe(
      "admin\nmanager\nmember\nreader\nservice",
    );
    expect((await admin("implied role list -f value")).split("\n")).toHaveLength(3);
    expect(await admin("catalog list -f value -c Type")).toContain("compute");
    expect(await admin("catalog show network -f value -c name")).toBe("neutron");
    expect(await admin("service list -f value -c Type")).toContain("identity");
    expect(await admin("endpoint list --service compute -f value -c URL")).toMatch(/\/v2\.1$/);
    expect(await admin("region list -f value -c Region")).toBe("RegionOne");
    expect(await admin("group list")).toBe("");
    expect(unserved()).toEqual([]);
  },
  slow,
);

test.runIf(hasOpenstack())(
  "openstack: an application credential from beginning to end",
  async () => {
    const { user, as, unserved } = await shells();
    const demo = user("demo", "demo", "demo");
    const create = "application credential create --secret word --role reader app";
    expect(await demo(`${create} -f value -c roles -c secret`)).toBe("reader\nword");
    expect(await demo(create)).toContain("(HTTP 409)");
    expect(await demo("application credential list -f value -c Name")).toBe("app");
    const id = await demo("application credential show app -f value -c id");
    const program = as(
      {
        OS_AUTH_TYPE: "v3applicationcredential",
        OS_APPLICATION_CREDENTIAL_ID: id,
        OS_APPLICATION_CREDENTIAL_SECRET: "word",
      },
      ["USERNAME", "PASSWORD", "USER_DOMAIN_NAME", "PROJECT_NAME", "PROJECT_DOMAIN_NAME"].map(
        (name) => `OS_${name}`,
      ),
    );
    expect(await program("flavor list -f value -c Name")).toContain("m1.tiny");
    const image = "cirros-0.6.2-x86_64-disk";
    expect(await program(`server create --flavor m1.tiny --image ${image} web`)).toContain(
      "Policy doesn't allow os_compute_api:servers:create to be performed. (HTTP 403)",
    );
    expect(await program("application credential create more")).toContain("(HTTP 403)");
    expect(await demo("application credential delete app")).toBe("");
    expect(await program("flavor list")).toContain("(HTTP 401)");
    expect(unserved()).toEqual([]);
  },
  slow,
);
