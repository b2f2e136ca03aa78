import { type Dialect, tokenServiceDefaults, viewRefusal, type Views } from "../../http/dialect.ts";
import type { Responses } from "../../http/responses.ts";
import { novaRefusals } from "./nova/refusals.ts";

/** The root: where the services are, and in which versions. */
export const discovery: Dialect = {
  name: "discovery",
  ...tokenServiceDefaults,
  requestIdHeaders: [],
  views: {
    document: (body) => ({ status: 200, body }),
    choices: (body) => ({ status: 300, body }),
  } satisfies Views<Extract<keyof Responses, "document" | "choices">>,
  refuse: (refusal, context) => viewRefusal(novaRefusals, refusal, context),
};
