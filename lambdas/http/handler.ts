import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from "aws-lambda";
import type { Caller } from "../identity/model/identity.ts";
import type { Dialect, RequestContext } from "./dialect.ts";

export type Event = APIGatewayProxyEventV2;
export type Result = APIGatewayProxyStructuredResultV2;

/** A function as the platform calls it. */
export type Handler = (event: Event, context: Context) => Promise<Result>;

/** What the steps before the handler have found out, beside what Lambda says of the invocation. */
export interface Invocation extends Context {
  invocation: {
    /** The operation's, or until the body says which the function's. */
    operation: string;
    /** As OpenStack names requests: `req-<uuid>`. */
    readonly requestId: string;
    readonly dialect: Dialect;
    readonly isPublic: boolean;
    requestContext: RequestContext;
    caller: Caller;
    /** The microversion, once there is one. */
    version?: string;
  };
}
