import { randomUUID } from "node:crypto";
import type { Account } from "./account.ts";
import { answered, told } from "./ask.ts";
import { type Check, NotTried } from "./checklist.ts";
import { acted, same, serverAt } from "./life.ts";
import type { Session } from "./session.ts";

/** Consoles, of both kinds that open in a browser, and what the guest wrote. */
export function consoles(session: Session): readonly Check[] {
  const opens = (type: string): Check => ({
    name: `a ${type} console opens`,
    async check() {
      const reply = answered(await acted(session, { "os-getVNCConsole": { type } }), 200);
      session.learn(`${type} console`, told(reply, "console.url"));
      // as a browser asks: with nothing but the address
      const page = answered(await session.plainly("GET", session.known(`${type} console`)), 200);
      same("its page's type", page.headers.get("content-type")?.split(";")[0], "text/html");
    },
  });
  return [
    opens("novnc"),
    opens("xvpvnc"),
    {
      name: "a console says whom it speaks: RFB",
      async check() {
        const url = new URL(session.known("xvpvnc console"));
        const exchange = (token: string) =>
          session.plainly("POST", `${url.origin}/console/exchange`, {
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
        same("its first word", answered(await exchange(token), 200).text, "RFB 003.008\n");
        answered(await exchange(randomUUID()), 401);
      },
    },
    {
      name: "the console's log tells that it booted",
      async check() {
        const reply = answered(
          await acted(session, { "os-getConsoleOutput": { length: 20 } }),
          200,
        );
        const output = told(reply, "output");
        if (typeof output !== "string" || output.trim() === "") throw new Error("it is empty");
      },
    },
  ];
}

/** The same server, as FlexCloud's clients know it: HTTP Basic, for the account's own project. */
export function flexCloud(session: Session, endpoint: URL, name: string): readonly Check[] {
  const { account, ask, plainly, identity, known } = session;
  const headers = {
    authorization: `Basic ${Buffer.from(`${account.name}:${account.password}`).toString("base64")}`,
  };
  return [
    {
      name: "FlexCloud: it is shown and renamed with HTTP Basic",
      async check() {
        if (!account.name) throw new NotTried("not tried: OS_USERNAME is not set");
        const user = answered(await ask("GET", `${identity}/users/${known("user")}`), 200);
        if (told(user, "user.default_project_id") !== known("project"))
          throw new NotTried("not tried: the account's own project is another");
        const url = `${endpoint.origin}/servers/${known("server")}`;
        const shown = answered(await plainly("GET", url, { headers }), 200);
        same("its name", told(shown, "server.name"), name);
        const body = { server: { name: `${name}-basic` } };
        answered(await plainly("PUT", url, { headers, body }), 204);
        const renamed = answered(await ask("GET", serverAt(session)), 200);
        same("its name", told(renamed, "server.name"), `${name}-basic`);
      },
    },
  ];
}

/** Somebody of another project, to whom the server is as one that is not there. */
export function foreigners(session: Session, other: Account | null): readonly Check[] {
  return [
    {
      name: "another project's server is not found: 404",
      async check() {
        if (!other)
          throw new NotTried("not tried: OS_ALT_USERNAME, … name no account of another project");
        const { identity, ask, plainly } = session;
        const body = { auth: other.auth };
        const reply = answered(await plainly("POST", `${identity}/auth/tokens`, { body }), 201);
        const token = reply.headers.get("x-subject-token") ?? "";
        answered(await ask("GET", serverAt(session), { token }), 404);
        const stop = { token, body: { "os-stop": null } };
        answered(await ask("POST", `${serverAt(session)}/action`, stop), 404);
        answered(await ask("DELETE", serverAt(session), { token }), 404);
        await ask("DELETE", `${identity}/auth/tokens`, {
          token,
          headers: { "x-subject-token": token },
        });
      },
    },
  ];
}
