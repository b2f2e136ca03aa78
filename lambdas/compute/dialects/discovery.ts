import { type Dialect, tokenServiceDefaults, type Views, viewRefusal } from "../../http/dialect.ts";
import type { Responses } from "../../http/responses.ts";
import { novaRefusals } from "./nova/refusals.ts";

/** The root: version documents of all services. */
export const discovery: Dialect = {
  name: "discovery",
  ...tokenServiceDefaults,
  requestIdHeaders: [],
  views: {
    ok: (body) => ({ status: 200, body }),
    multipleChoices: (body) => ({ status: 300, body }),
  } satisfies Views<Extract<keyof Responses, "ok" | "multipleChoices">>,
  refuse: (refusal, context) => viewRefusal(novaRefusals, refusal, context),
};
