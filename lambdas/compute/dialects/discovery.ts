import { type Dialect, neighbour, speak, type Views } from "../../http/dialect.ts";
import type { Answers } from "../../http/responses.ts";
import { refusals } from "./nova/refusals.ts";

/** The root: where the services are, and in which versions. */
export const discovery: Dialect = {
  name: "discovery",
  ...neighbour,
  requestIds: [],
  views: {
    document: (body) => ({ status: 200, body }),
    choices: (body) => ({ status: 300, body }),
  } satisfies Views<Extract<keyof Answers, "document" | "choices">>,
  refuse: (refusal, spoken) => speak(refusals, refusal, spoken),
};
