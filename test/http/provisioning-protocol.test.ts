import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { CloudFormationCustomResourceEvent as Event } from "aws-lambda";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { customResource } from "../../lambdas/provisioning/custom-resource.ts";
import { createEvent, updateEvent } from "../support/provisioning.ts";

describe("CloudFormation's protocol", () => {
  interface Put {
    readonly type: string | undefined;
    readonly length: string | undefined;
    readonly body: Readonly<Record<string, unknown>>;
  }

  async function answers(refusing = 0) {
    const taken: Put[] = [];
    let left = refusing;
    const server = createServer(async (request, response) => {
      const { "content-type": type, "content-length": length } = request.headers;
      const body = await json(request);
      if (left-- > 0) return void response.writeHead(503).end();
      taken.push({ type, length, body: body as Put["body"] });
      response.end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/signed?X=1`;
    return { taken, to: (event: Event): Event => ({ ...event, ResponseURL }) };
  }

  const same = {
    StackId: "stack",
    LogicalResourceId: "TokenKeys",
    PhysicalResourceId: "TokenKeys",
  };

  test("a result is sent to the event's URL without a media type", async () => {
    const { taken, to } = await answers();

    await customResource(async () => ({ TokenKeys: "[]" }))(to(createEvent()));

    expect(taken).toEqual([
      {
        type: "",
        length: expect.stringMatching(/^\d+$/),
        body: { ...same, Status: "SUCCESS", RequestId: "create", Data: { TokenKeys: "[]" } },
      },
    ]);
  });

  test("a failure is sent too, as a short text", async () => {
    const { taken, to } = await answers();
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    onTestFinished(() => logged.mockRestore());
    const failing = customResource(() => Promise.reject(new Error("no ".repeat(10_000))));

    await failing(to(updateEvent("turn", "first", "second")));

    const [{ body } = { body: {} as Put["body"] }] = taken;
    expect(body).toMatchObject({ ...same, Status: "FAILED", RequestId: "turn" });
    expect(JSON.stringify(body).length).toBeLessThan(4_096);
  });

  test("a delete does nothing: the secrets and the table are resources of their own", async () => {
    const { taken, to } = await answers();
    const {
      RequestType: _,
      OldResourceProperties: __,
      ...event
    } = updateEvent("end", "first", "first") as Event & { OldResourceProperties: unknown };

    await customResource(() => Promise.reject(new Error("asked")))(
      to({ ...event, RequestType: "Delete", PhysicalResourceId: "TokenKeys" }),
    );

    expect(taken.map(({ body }) => body)).toEqual([
      { ...same, Status: "SUCCESS", RequestId: "end" },
    ]);
  });

  test("a refused response is sent again, then the whole operation is retried", async () => {
    const soon = await answers(2);
    const never = await answers(3);
    const working = customResource(async () => ({}));

    await working(soon.to(createEvent()));
    expect(soon.taken).toHaveLength(1);
    await expect(working(never.to(createEvent()))).rejects.toThrow("503");
  });
});
