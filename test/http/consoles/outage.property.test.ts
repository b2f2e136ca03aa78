import fc from "fast-check";
import { expect, test } from "vitest";
import { startCloud } from "../../support/cloud.ts";
import { exchangeViewer } from "../../support/exchange-viewer.ts";
import { type EngineFailures, faultyEngine } from "../../support/faulty-engine.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const failureCases: readonly EngineFailures[] = [
  { PutItem: "lost" },
  { PutItem: "throttles" },
  { PutItem: "drops" },
  { BatchGetItem: "breaks" },
  { BatchGetItem: "unprocessed" },
  { "*": "drops" },
];

const prompt = "root@web-1:~# ";
const encodeText = (text: string) => new TextEncoder().encode(text);

const step = fc.record({
  text: fc.string({ unit: fc.constantFrom("A", "B", "C", "D"), maxLength: 8 }),
  enter: fc.boolean(),
  failure: fc.option(fc.constantFrom(...failureCases)),
  times: fc.constantFrom(1, 1, 2),
  again: fc.boolean(),
});

for (const maxAttempts of [1, 3])
  test(`property: input of two viewers is logged complete, in order and once, under any failures (${maxAttempts} tries each)`, async () => {
    const engine = await faultyEngine();
    const requestHandler = { requestTimeout: 500, throwOnRequestTimeout: true };
    const client = { maxAttempts, requestHandler };
    const { table, call, at } = await startCloud({}, { endpoint: engine.endpoint, client });

    async function viewerOf(id: string) {
      const body = { "os-getSerialConsole": { type: "serial" } };
      const { json } = await call("POST", `/v2.1/servers/${id}/action`, { body });
      const token = new URL(json.console.url).searchParams.get("token") ?? "";
      const one = exchangeViewer(at, token);
      const say = async (text: string) => {
        let { status } = await one.say(encodeText(text));
        while (status >= 500) status = (await one.again()).status;
        expect([200, 204]).toContain(status);
      };
      return { ...one, say };
    }

    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        fc.array(step, { minLength: 1, maxLength: 12 }),
        async (...steps) => {
          engine.heal();
          const { id } = await seedServer(table, settledServer("active"));
          const viewers = [await viewerOf(id), await viewerOf(id)];
          for (const each of viewers) await each.say("");
          await viewers[0]?.say("root\r\r");
          const typed = await Promise.all(
            steps.map(async (all, who) => {
              const one = viewers[who];
              let text = "";
              for (const { failure, times, again, enter, ...step } of all) {
                if (failure) engine.fail(failure, times);
                const own = who === 0 ? step.text : step.text.toLowerCase();
                text += own;
                await one?.say(`${own}${enter ? "\r" : ""}`);
                if (again) await Promise.all([one?.again(), one?.again()]);
              }
              return text;
            }),
          );
          engine.heal();
          await viewers[0]?.say("\r");
          const options = { body: { "os-getConsoleOutput": {} } };
          const { json } = await call("POST", `/v2.1/servers/${id}/action`, options);
          const logged = String(json.output)
            .split("\n")
            .filter((line) => line.startsWith(prompt))
            .map((line) => line.slice(prompt.length))
            .join("");
          expect([logged.replace(/[^A-D]/g, ""), logged.replace(/[^a-d]/g, "")]).toEqual(typed);
        },
      ),
      { numRuns: 8, endOnFailure: true },
    );
  }, 120_000);
