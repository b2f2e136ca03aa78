import { accountOf } from "./account.ts";
import { answered, listed, type Reply, told } from "./ask.ts";
import type { Check } from "./checklist.ts";
import { chosenFlavor, chosenImage, compute, created, listOf } from "./provision.ts";
import { giveBack, logIn, type Session } from "./session.ts";

export const unknownId = "0199340e-0f3e-4612-96be-6f1861b192b5";

/** Throws where what was found is not what is expected. */
export function same(what: string, found: unknown, expected: unknown): void {
  if (found !== expected)
    throw new Error(`${what} is ${JSON.stringify(found)} and not ${JSON.stringify(expected)}`);
}

export const serverAt = (session: Session): string =>
  `${compute(session)}/servers/${session.known("server")}`;

export const acted = (session: Session, body: object): Promise<Reply> =>
  session.ask("POST", `${serverAt(session)}/action`, { body });

/** Waits until the server is in a state, and nothing is under way. */
export const comesTo = (session: Session, status: string): Promise<void> =>
  session.until(`the server is ${status}`, async () => {
    const reply = answered(await session.ask("GET", serverAt(session)), 200);
    same("the server's state after a fault", told(reply, "server.fault"), undefined);
    return (
      told(reply, "server.status") === status &&
      told(reply, "server.OS-EXT-STS:task_state") === null
    );
  });

/** The way in: versions, a token, and the catalogues of what there is. */
export function wayIn(session: Session, endpoint: URL): readonly Check[] {
  const { ask, identity, known } = session;
  return [
    {
      name: "versions: compute says that v2.1 is current",
      async check() {
        const reply = answered(await ask("GET", `${endpoint.origin}/`), 200, 300);
        const current = listed(reply, "versions").find(({ id }) => id === "v2.1");
        same("v2.1", current?.["status"], "CURRENT");
      },
    },
    {
      name: "a wrong password and a made-up token are refused",
      async check() {
        const { environment, password } = session.account;
        const guessed = accountOf({ ...environment, OS_PASSWORD: `${password}-not` });
        const other = { ...session, account: guessed, learn: () => {} };
        await logIn(other).then(
          () => Promise.reject(new Error("a wrong password is good for a token")),
          (cause: Error) => {
            if (!cause.message.includes(": 401 ")) throw cause;
          },
        );
        const servers = `${endpoint.origin}/v2.1/servers`;
        answered(await ask("GET", servers, { token: "made-up" }), 401);
      },
    },
    { name: "a token, and a catalog", check: () => logIn(session) },
    {
      name: "the token is told back what it is good for",
      async check() {
        const headers = { "x-subject-token": known("token") };
        const reply = answered(await ask("GET", `${identity}/auth/tokens`, { headers }), 200);
        same("its project", told(reply, "token.project.id"), known("project"));
      },
    },
    { name: "images", check: () => chosenImage(session) },
    { name: "flavors", check: () => chosenFlavor(session) },
    {
      name: "networks",
      check: () => listOf(session, `${known("network")}/v2.0/networks`, "networks"),
    },
  ];
}

/** A server from its making until it runs, and what is told of it. */
export function beginning(session: Session, name: string): readonly Check[] {
  const { ask, known, learn } = session;
  return [
    {
      name: "two servers are created",
      async check() {
        for (const [what, own] of [
          ["server", name],
          ["second server", `${name}-2`],
        ] as const) {
          learn(what, await created(session, own));
        }
      },
    },
    { name: "it becomes ACTIVE", check: () => comesTo(session, "ACTIVE") },
    {
      name: "show tells its name, flavor, image and an address",
      async check() {
        const reply = answered(await ask("GET", serverAt(session)), 200);
        same("its name", told(reply, "server.name"), name);
        same("its flavor", told(reply, "server.flavor.id"), known("flavor"));
        same("its image", told(reply, "server.image.id"), known("image id"));
        const addresses = Object.values(Object(told(reply, "server.addresses"))).flat();
        if (addresses.length === 0) throw new Error("it has no address");
      },
    },
    {
      name: "the list comes in pages that are linked",
      async check() {
        const seen: unknown[] = [];
        let next: unknown = `${compute(session)}/servers/detail?limit=1&name=${name}`;
        while (typeof next === "string" && seen.length < 3) {
          const reply = answered(await ask("GET", next), 200);
          const page = listed(reply, "servers");
          if (page.length > 1) throw new Error("a page of one has more");
          seen.push(...page.map(({ id }) => id));
          next = listed(reply, "servers_links").find(({ rel }) => rel === "next")?.["href"];
        }
        const ours = [known("second server"), known("server")];
        same("what is listed", seen.join(), ours.join());
      },
    },
    {
      name: "metadata is set, listed and taken away",
      async check() {
        const url = `${serverAt(session)}/metadata`;
        const body = { metadata: { role: "smoke" } };
        answered(await ask("POST", url, { body }), 200);
        same("role", told(answered(await ask("GET", url), 200), "metadata.role"), "smoke");
        answered(await ask("DELETE", `${url}/role`), 204);
        same("role", told(answered(await ask("GET", url), 200), "metadata.role"), undefined);
      },
    },
  ];
}

/** What is done to a server that runs, and its end. */
export function course(session: Session, name: string): readonly Check[] {
  const { ask, known } = session;
  const act = (what: string, body: object, to: string): Check => ({
    name: `${what}: it comes to be ${to}`,
    async check() {
      answered(await acted(session, body), 202);
      await comesTo(session, to);
    },
  });
  return [
    {
      name: "an active server is not started: 409",
      async check() {
        const reply = answered(await acted(session, { "os-start": null }), 409);
        same("the code", told(reply, "conflictingRequest.code"), 409);
      },
    },
    act("stop", { "os-stop": null }, "SHUTOFF"),
    act("start", { "os-start": null }, "ACTIVE"),
    act("reboot", { reboot: { type: "SOFT" } }, "ACTIVE"),
    {
      name: "it is renamed",
      async check() {
        const body = { server: { name: `${name}-renamed` } };
        answered(await ask("PUT", serverAt(session), { body }), 200);
        const reply = answered(await ask("GET", serverAt(session)), 200);
        same("its name", told(reply, "server.name"), `${name}-renamed`);
      },
    },
    {
      name: "a server that is not there is not found: 404",
      async check() {
        const url = `${compute(session)}/servers/${unknownId}`;
        same("the code", told(answered(await ask("GET", url), 404), "itemNotFound.code"), 404);
        answered(await ask("POST", `${url}/action`, { body: { "os-start": null } }), 404);
        answered(await ask("DELETE", url), 404);
      },
    },
    {
      name: "its actions are remembered",
      async check() {
        const url = `${serverAt(session)}/os-instance-actions`;
        const reply = answered(await ask("GET", url), 200);
        const done = listed(reply, "instanceActions").map(({ action }) => action);
        same("what was done", done.join(), "reboot,start,stop,create");
      },
    },
    {
      name: "delete: it is gone",
      async check() {
        for (const which of ["server", "second server"]) {
          const url = `${compute(session)}/servers/${known(which)}`;
          answered(await ask("DELETE", url), 204);
          const isGone = async () => (await ask("GET", url)).status === 404;
          await session.until(`the ${which} is gone`, isGone);
        }
      },
    },
    {
      name: "the token is given back",
      check: async () => answered(await giveBack(session), 204),
    },
  ];
}
