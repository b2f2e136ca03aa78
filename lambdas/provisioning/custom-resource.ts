import type { CloudFormationCustomResourceEvent as Event } from "aws-lambda";

/** The attributes that other resources read. */
export type ResourceAttributes = Readonly<Record<string, string>>;

/** Attempts to deliver a response. Lambda retries the whole invocation afterwards. */
const maxSendAttempts = 3;

/** Bytes: CloudFormation's limit of a response. */
const maxReasonLength = 500;

/**
 * The handler of a custom resource. It always responds, because CloudFormation waits for the
 * response until its timeout. Delete is a no-op: CloudFormation removes the secret and the table
 * itself.
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
      // another id would make CloudFormation replace the resource
      PhysicalResourceId:
        "PhysicalResourceId" in event ? event.PhysicalResourceId : LogicalResourceId,
    };
    await sendResponse(event.ResponseURL, JSON.stringify(response));
  };

  async function runProvider(event: Event) {
    try {
      return { Status: "SUCCESS", Data: await provide(event) };
    } catch (cause) {
      // the message alone: an SDK error carries the request
      const Reason = String(cause instanceof Error ? cause.message : cause).slice(
        0,
        maxReasonLength,
      );
      console.error(Reason);
      return { Status: "FAILED", Reason };
    }
  }
}

/** Bytes, without a media type: the URL is signed for a request without one. */
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
      throw new Error(`CloudFormation's response URL answered ${status}.`);
    } catch (cause) {
      if (attempt >= maxSendAttempts) throw cause;
    }
  }
}
