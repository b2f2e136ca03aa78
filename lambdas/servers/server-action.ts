import { lambda } from "../http/lambda.ts";
import { serverActions } from "./actions.ts";

/** The one route whose operation is named inside the body, where API Gateway cannot look. */
export const handler = lambda(serverActions);
