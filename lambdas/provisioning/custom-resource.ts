import type { CloudFormationCustomResourceEvent as Event } from "aws-lambda";

/** What other resources get of this one. */
export type ResourceAttributes = Readonly<Record<string, string>>;

/** How often an answer is sent that nobody takes. Lambda calls the function itself again after that. */
const maxSendAttempts = 3;

/** CloudFormation takes 4,096 bytes of an answer in all. */
const maxReasonLength = 500;

/**
 * A function that CloudFormation itself calls. It waits for an answer at an address that comes with the
 * event, and so there is always one: a deployment that hears nothing hangs until its time is up.
 * What stands for is left to CloudFormation to delete with the resources it is in.
 */
export function customResource(provide: (event: Event) => Promise<ResourceAttributes>) {
  return async (event: Event): Promise<void> => {
    const { StackId, RequestId, LogicalResourceId } = event;
    const outcome =
      event.RequestType === "Delete" ? { Status: "SUCCESS" } : await runProvider(event);
    const response = {
      ...outcome,
      StackId,
      RequestId,
      LogicalResourceId,
      // another id would tell CloudFormation that the resource was replaced
      PhysicalResourceId:
        "PhysicalResourceId" in event ? event.PhysicalResourceId : LogicalResourceId,
    };
    await sendResponse(event.ResponseURL, JSON.stringify(response));
  };

  async function runProvider(event: Event) {
    try {
      return { Status: "SUCCESS", Data: await provide(event) };
    } catch (cause) {
      // the message alone: an error of the SDK's carries the request along
      const Reason = String(cause instanceof Error ? cause.message : cause).slice(
        0,
        maxReasonLength,
      );
      console.error(Reason);
      return { Status: "FAILED", Reason };
    }
  }
}

/** Bytes and no media type: the address is signed for a request without one. */
async function sendResponse(url: string, response: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { ok, status } = await fetch(url, {
        method: "PUT",
        body: new TextEncoder().encode(response),
        headers: { "content-type": "" },
        signal: AbortSignal.timeout(5_000),
      });
      if (ok) return;
      throw new Error(`CloudFormation's address for the answer said ${status}.`);
    } catch (cause) {
      if (attempt >= maxSendAttempts) throw cause;
    }
  }
}
