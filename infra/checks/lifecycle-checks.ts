import { accountFromVariables } from "./account.ts";
import { type CheckSession, logIn, revokeSessionToken } from "./check-session.ts";
import type { Check } from "./checklist.ts";
import { type CheckResponse, expectStatus, listAt, valueAt } from "./request.ts";
import {
  chooseFlavor,
  chooseImage,
  computeUrl,
  createTestServer,
  getNonEmptyList,
} from "./server-resources.ts";

export const unknownId = "0199340e-0f3e-4612-96be-6f1861b192b5";

/** Throws where a value differs from the expected one. */
export function expectEqual(what: string, found: unknown, expected: unknown): void {
  if (found !== expected)
    throw new Error(`${what} is ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
}

export const serverUrl = (session: CheckSession): string =>
  `${computeUrl(session)}/servers/${session.getValue("server")}`;

export const postAction = (session: CheckSession, body: object): Promise<CheckResponse> =>
  session.request("POST", `${serverUrl(session)}/action`, { body });

/** Waits until a server is in a state with no task. */
export const waitForStatus = (session: CheckSession, status: string): Promise<void> =>
  session.waitUntil(`the server is ${status}`, async () => {
    const reply = expectStatus(await session.request("GET", serverUrl(session)), 200);
    expectEqual("the server's state after a fault", valueAt(reply, "server.fault"), undefined);
    return (
      valueAt(reply, "server.status") === status &&
      valueAt(reply, "server.OS-EXT-STS:task_state") === null
    );
  });

/** Logging in: versions, token, and lists of flavors and images. */
export function accessChecks(session: CheckSession, endpoint: URL): readonly Check[] {
  const { request, identity, getValue } = session;
  return [
    {
      name: "versions: compute says that v2.1 is current",
      async check() {
        const reply = expectStatus(await request("GET", `${endpoint.origin}/`), 200, 300);
        const current = listAt(reply, "versions").find(({ id }) => id === "v2.1");
        expectEqual("v2.1", current?.["status"], "CURRENT");
      },
    },
    {
      name: "a wrong password and a made-up token are refused",
      async check() {
        const { variables, password } = session.account;
        const guessed = accountFromVariables({ ...variables, OS_PASSWORD: `${password}-not` });
        const other = { ...session, account: guessed, learn: () => {} };
        await logIn(other).then(
          () => Promise.reject(new Error("a wrong password is good for a token")),
          (cause: Error) => {
            if (!cause.message.includes(": 401 ")) throw cause;
          },
        );
        const servers = `${endpoint.origin}/v2.1/servers`;
        expectStatus(await request("GET", servers, { token: "made-up" }), 401);
      },
    },
    { name: "a token, and a catalog", check: () => logIn(session) },
    {
      name: "the token is told back what it is good for",
      async check() {
        const headers = { "x-subject-token": getValue("token") };
        const reply = expectStatus(
          await request("GET", `${identity}/auth/tokens`, { headers }),
          200,
        );
        expectEqual("its project", valueAt(reply, "token.project.id"), getValue("project"));
      },
    },
    { name: "images", check: () => chooseImage(session) },
    { name: "flavors", check: () => chooseFlavor(session) },
    {
      name: "networks",
      check: () => getNonEmptyList(session, `${getValue("network")}/v2.0/networks`, "networks"),
    },
  ];
}

/** A server from its create until it is active, with its attributes. */
export function creationChecks(session: CheckSession, name: string): readonly Check[] {
  const { request, getValue, setValue } = session;
  return [
    {
      name: "two servers are created",
      async check() {
        for (const [what, serverName] of [
          ["server", name],
          ["second server", `${name}-2`],
        ] as const) {
          setValue(what, await createTestServer(session, serverName));
        }
      },
    },
    { name: "it becomes ACTIVE", check: () => waitForStatus(session, "ACTIVE") },
    {
      name: "show tells its name, flavor, image and an address",
      async check() {
        const reply = expectStatus(await request("GET", serverUrl(session)), 200);
        expectEqual("its name", valueAt(reply, "server.name"), name);
        expectEqual("its flavor", valueAt(reply, "server.flavor.id"), getValue("flavor"));
        expectEqual("its image", valueAt(reply, "server.image.id"), getValue("image id"));
        const addresses = Object.values(Object(valueAt(reply, "server.addresses"))).flat();
        if (addresses.length === 0) throw new Error("the server has no address");
      },
    },
    {
      name: "the list comes in pages that are linked",
      async check() {
        const seen: unknown[] = [];
        let next: unknown = `${computeUrl(session)}/servers/detail?limit=1&name=${name}`;
        while (typeof next === "string" && seen.length < 3) {
          const reply = expectStatus(await request("GET", next), 200);
          const page = listAt(reply, "servers");
          if (page.length > 1) throw new Error("a page with limit=1 has more than one server");
          seen.push(...page.map(({ id }) => id));
          next = listAt(reply, "servers_links").find(({ rel }) => rel === "next")?.["href"];
        }
        const ours = [getValue("second server"), getValue("server")];
        expectEqual("what is listed", seen.join(), ours.join());
      },
    },
    {
      name: "metadata is set, listed and taken away",
      async check() {
        const url = `${serverUrl(session)}/metadata`;
        const body = { metadata: { role: "smoke" } };
        expectStatus(await request("POST", url, { body }), 200);
        expectEqual(
          "role",
          valueAt(expectStatus(await request("GET", url), 200), "metadata.role"),
          "smoke",
        );
        expectStatus(await request("DELETE", `${url}/role`), 204);
        expectEqual(
          "role",
          valueAt(expectStatus(await request("GET", url), 200), "metadata.role"),
          undefined,
        );
      },
    },
  ];
}

/** Actions on an active server, and its delete. */
export function actionChecks(session: CheckSession, name: string): readonly Check[] {
  const { request, getValue } = session;
  const actionCheck = (what: string, body: object, to: string): Check => ({
    name: `${what}: it comes to be ${to}`,
    async check() {
      expectStatus(await postAction(session, body), 202);
      await waitForStatus(session, to);
    },
  });
  return [
    {
      name: "an active server is not started: 409",
      async check() {
        const reply = expectStatus(await postAction(session, { "os-start": null }), 409);
        expectEqual("the code", valueAt(reply, "conflictingRequest.code"), 409);
      },
    },
    actionCheck("stop", { "os-stop": null }, "SHUTOFF"),
    actionCheck("start", { "os-start": null }, "ACTIVE"),
    actionCheck("reboot", { reboot: { type: "SOFT" } }, "ACTIVE"),
    {
      name: "it is renamed",
      async check() {
        const body = { server: { name: `${name}-renamed` } };
        expectStatus(await request("PUT", serverUrl(session), { body }), 200);
        const reply = expectStatus(await request("GET", serverUrl(session)), 200);
        expectEqual("its name", valueAt(reply, "server.name"), `${name}-renamed`);
      },
    },
    {
      name: "a server that is not there is not found: 404",
      async check() {
        const url = `${computeUrl(session)}/servers/${unknownId}`;
        expectEqual(
          "the code",
          valueAt(expectStatus(await request("GET", url), 404), "itemNotFound.code"),
          404,
        );
        expectStatus(await request("POST", `${url}/action`, { body: { "os-start": null } }), 404);
        expectStatus(await request("DELETE", url), 404);
      },
    },
    {
      name: "its actions are remembered",
      async check() {
        const url = `${serverUrl(session)}/os-instance-actions`;
        const reply = expectStatus(await request("GET", url), 200);
        const done = listAt(reply, "instanceActions").map(({ action }) => action);
        expectEqual("what was done", done.join(), "reboot,start,stop,create");
      },
    },
    {
      name: "delete: it is gone",
      async check() {
        for (const which of ["server", "second server"]) {
          const url = `${computeUrl(session)}/servers/${getValue(which)}`;
          expectStatus(await request("DELETE", url), 204);
          const isGone = async () => (await request("GET", url)).status === 404;
          await session.waitUntil(`the ${which} is gone`, isGone);
        }
      },
    },
    {
      name: "the token is given back",
      check: async () => expectStatus(await revokeSessionToken(session), 204),
    },
  ];
}
