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

/** The state of one invocation, from middleware to middleware: middy's `request.internal`. */
export interface Invocation extends Record<string, unknown> {
  /** The operation's id; the function's until the body names the action. */
  operation: string;
  /** OpenStack's request id: `req-<uuid>`. */
  requestId: string;
  dialect: Dialect;
  isPublic: boolean;
  requestContext: RequestContext;
  caller: Caller;
  /** The negotiated microversion. */
  version?: string;
}
