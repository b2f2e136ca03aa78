import { randomUUID } from "node:crypto";
import type { CheckAccount } from "./account.ts";
import type { CheckSession } from "./check-session.ts";
import { type Check, NotApplicable } from "./checklist.ts";
import { expectEqual, postAction, serverUrl } from "./lifecycle-checks.ts";
import { expectStatus, valueAt } from "./request.ts";

/** Consoles of both types that open in a browser, and console output. */
export function consoleChecks(session: CheckSession): readonly Check[] {
  const opensCheck = (type: string): Check => ({
    name: `a ${type} console opens`,
    async check() {
      const reply = expectStatus(await postAction(session, { "os-getVNCConsole": { type } }), 200);
      session.setValue(`${type} console`, valueAt(reply, "console.url"));
      // like a browser: with the address alone
      const page = expectStatus(
        await session.requestAnonymously("GET", session.getValue(`${type} console`)),
        200,
      );
      expectEqual("its page's type", page.headers.get("content-type")?.split(";")[0], "text/html");
    },
  });
  return [
    opensCheck("novnc"),
    opensCheck("xvpvnc"),
    {
      name: "a console says whom it speaks: RFB",
      async check() {
        const url = new URL(session.getValue("xvpvnc console"));
        const exchange = (token: string) =>
          session.requestAnonymously("POST", `${url.origin}/console/exchange`, {
            body: "",
            headers: {
              "content-type": "application/octet-stream",
              authorization: `Bearer ${token}`,
              "x-console-viewer": randomUUID(),
              "x-console-message": "1",
              "x-console-seen": "0",
            },
          });
        const token = url.searchParams.get("token") ?? "";
        expectEqual(
          "its first word",
          expectStatus(await exchange(token), 200).text,
          "RFB 003.008\n",
        );
        expectStatus(await exchange(randomUUID()), 401);
      },
    },
    {
      name: "the console's log tells that it booted",
      async check() {
        const reply = expectStatus(
          await postAction(session, { "os-getConsoleOutput": { length: 20 } }),
          200,
        );
        const output = valueAt(reply, "output");
        if (typeof output !== "string" || output.trim() === "")
          throw new Error("the console output is empty");
      },
    },
  ];
}

/** The same server in FlexCloud's dialect: HTTP Basic, for the account's own project. */
export function flexCloudChecks(
  session: CheckSession,
  endpoint: URL,
  name: string,
): readonly Check[] {
  const { account, request, requestAnonymously, identity, getValue } = session;
  const headers = {
    authorization: `Basic ${Buffer.from(`${account.name}:${account.password}`).toString("base64")}`,
  };
  return [
    {
      name: "FlexCloud: it is shown and renamed with HTTP Basic",
      async check() {
        if (!account.name) throw new NotApplicable("not tried: OS_USERNAME is not set");
        const user = expectStatus(
          await request("GET", `${identity}/users/${getValue("user")}`),
          200,
        );
        if (valueAt(user, "user.default_project_id") !== getValue("project"))
          throw new NotApplicable("not tried: the account's own project is another");
        const url = `${endpoint.origin}/servers/${getValue("server")}`;
        const shown = expectStatus(await requestAnonymously("GET", url, { headers }), 200);
        expectEqual("its name", valueAt(shown, "server.name"), name);
        const body = { server: { name: `${name}-basic` } };
        expectStatus(await requestAnonymously("PUT", url, { headers, body }), 204);
        const renamed = expectStatus(await request("GET", serverUrl(session)), 200);
        expectEqual("its name", valueAt(renamed, "server.name"), `${name}-basic`);
      },
    },
  ];
}

/** A user of another project gets 404 for the server. */
export function isolationChecks(
  session: CheckSession,
  other: CheckAccount | null,
): readonly Check[] {
  return [
    {
      name: "another project's server is not found: 404",
      async check() {
        if (!other)
          throw new NotApplicable(
            "not tried: OS_ALT_USERNAME, … name no account of another project",
          );
        const { identity, request, requestAnonymously } = session;
        const body = { auth: other.auth };
        const reply = expectStatus(
          await requestAnonymously("POST", `${identity}/auth/tokens`, { body }),
          201,
        );
        const token = reply.headers.get("x-subject-token") ?? "";
        expectStatus(await request("GET", serverUrl(session), { token }), 404);
        const stop = { token, body: { "os-stop": null } };
        expectStatus(await request("POST", `${serverUrl(session)}/action`, stop), 404);
        expectStatus(await request("DELETE", serverUrl(session), { token }), 404);
        await request("DELETE", `${identity}/auth/tokens`, {
          token,
          headers: { "x-subject-token": token },
        });
      },
    },
  ];
}
