import { expect, test } from "vitest";
import { type EnvironmentVariables, hasCommand, startWithClients } from "../support/clients.ts";

async function startWithClient() {
  const { typed, json, refused, home, user, unserved } = await startWithClients();
  const admin = user("admin");
  const as = (over: EnvironmentVariables): EnvironmentVariables => ({ ...home, ...over });
  return {
    say: (line: string, env = admin) => typed(`openstack ${line}`, env),
    shown: (line: string, env = admin) => json(`openstack ${line} -f json`, env),
    refused: (line: string, env = admin) => refused(`openstack ${line}`, env),
    as,
    login: (name: string, password: string, project: string) =>
      as({ OS_USERNAME: name, OS_PASSWORD: password, OS_PROJECT_NAME: project }),
    unserved,
  };
}

test.runIf(hasCommand("openstack"))(
  "openstack: an administrator creates a project, a user and a role, and the user works",
  async () => {
    const { say, shown, refused, login, unserved } = await startWithClient();
    expect(await shown("project create --description hello web")).toMatchObject({ name: "web" });
    expect(await refused("project create web")).toContain("(HTTP 409)");
    await say("project set --name shop --property colour=red web");
    expect(await shown("project show shop")).toMatchObject({ colour: "red", enabled: true });
    await say("user create --password pw --email ann@example.com --project shop ann");
    expect(await shown("user show ann")).toMatchObject({ email: "ann@example.com" });
    await say("role create auditor");
    expect(await shown("role show auditor")).toMatchObject({ name: "auditor", domain_id: null });
    await say("role add --user ann --project shop member");
    await say("role add --user ann --project shop auditor");
    const assigned = "role assignment list --user ann --project shop --names -f value -c Role";
    expect((await say(assigned)).split("\n").sort()).toEqual(["auditor", "member"]);
    expect((await say(`${assigned} --effective`)).split("\n").sort()).toEqual([
      "auditor",
      "member",
      "reader",
    ]);
    expect(await say("user list --project shop -f value -c Name")).toBe("ann");

    const ann = login("ann", "pw", "shop");
    expect(await say("project list -f value -c Name", ann)).toBe("shop");
    expect(await refused("user list", ann)).toContain(
      "You are not authorized to perform the requested action: identity:list_users. (HTTP 403)",
    );
    await say("user password set --original-password pw --password new", ann);
    expect(await refused("token issue", ann)).toContain("(HTTP 401)");
    const again = login("ann", "new", "shop");
    await say(`token revoke ${await say("token issue -f value -c id", again)}`, again);

    await say("role remove --user ann --project shop auditor");
    await say("user set --disable ann");
    expect(await refused("server list", again)).toContain("(HTTP 401)");
    await say("user set --enable --name anna --password n3w ann");
    expect(await say("server list", login("anna", "n3w", "shop"))).toBe("");
    for (const one of ["user delete anna", "role delete auditor", "project delete shop"])
      await say(one);
    expect(await refused("user show anna")).toContain(
      "No user with a name or ID of 'anna' exists.",
    );
    expect(unserved()).toEqual([]);
  },
);

test.runIf(hasCommand("openstack"))(
  "openstack manages domains, logs in to the system and lists the catalog",
  async () => {
    const { say, shown, refused, as, unserved } = await startWithClient();
    await say("domain create --description d other");
    expect(await shown("domain show other")).toMatchObject({ description: "d", enabled: true });
    expect((await say("domain list -f value -c Name")).split("\n").sort()).toEqual([
      "Default",
      "other",
    ]);
    await say("project create --domain other web");
    await say("user create --domain other --password pw bob");
    const bobs = "--user bob --user-domain other";
    await say(`role add ${bobs} --project web --project-domain other member`);
    const there = { OS_USERNAME: "bob", OS_PASSWORD: "pw", OS_USER_DOMAIN_NAME: "other" };
    const bob = as({ ...there, OS_PROJECT_NAME: "web", OS_PROJECT_DOMAIN_NAME: "other" });
    expect(await say("server list", bob)).toBe("");
    await say(`role add ${bobs} --system all admin`);
    const allProjects = as({
      ...{ ...there, OS_SYSTEM_SCOPE: "all" },
      ...{ OS_PROJECT_NAME: undefined, OS_PROJECT_DOMAIN_NAME: undefined },
    });
    expect(await say("project list -f value -c Name", allProjects)).toContain("alt_demo");
    expect(await refused("domain delete other")).toContain("please disable it first");
    await say("domain set --disable other");
    expect(await refused("token issue", bob)).toContain("(HTTP 401)");
    await say("domain delete other");

    expect(await say("role list -f value -c Name")).toBe("admin\nmanager\nmember\nreader\nservice");
    expect(await say("catalog list -f value -c Type")).toContain("compute");
    expect(await say("endpoint list --service compute -f value -c URL")).toMatch(/\/v2\.1$/);
    expect(await say("region list -f value -c Region")).toBe("RegionOne");
    expect(await say("group list")).toBe("");
    expect(unserved()).toEqual([]);
  },
);

test.runIf(hasCommand("openstack"))(
  "openstack creates, uses and deletes an application credential",
  async () => {
    const { say, shown, refused, as, unserved } = await startWithClient();
    const demo = as({});
    const create = "application credential create --secret word --role reader app";
    const made = await shown(create, demo);
    expect(made).toMatchObject({ roles: "reader", secret: "word" });
    expect(await refused(create, demo)).toContain("(HTTP 409)");
    expect(await say("application credential list -f value -c Name", demo)).toBe("app");
    const program = as({
      OS_AUTH_TYPE: "v3applicationcredential",
      OS_APPLICATION_CREDENTIAL_ID: made.id,
      OS_APPLICATION_CREDENTIAL_SECRET: "word",
      ...{ OS_USERNAME: undefined, OS_PASSWORD: undefined, OS_USER_DOMAIN_NAME: undefined },
      ...{ OS_PROJECT_NAME: undefined, OS_PROJECT_DOMAIN_NAME: undefined },
    });
    expect(await say("flavor list -f value -c Name", program)).toContain("m1.tiny");
    const server = "server create --flavor m1.tiny --image cirros-0.6.2-x86_64-disk web";
    expect(await refused(server, program)).toContain(
      "Policy doesn't allow os_compute_api:servers:create to be performed. (HTTP 403)",
    );
    expect(await refused("application credential create more", program)).toContain("(HTTP 403)");
    await say("application credential delete app", demo);
    expect(await refused("flavor list", program)).toContain("(HTTP 401)");
    expect(unserved()).toEqual([]);
  },
);
