import { openBackend } from "../store/open.ts";
import { signingKey } from "./signing-key.ts";
import { type Jwk, tokensWith } from "./tokens.ts";
import type { Tokens, World } from "./world.ts";

let tokens: Tokens | undefined;

/** The world of a deployed function, as the stack describes it in the environment. */
export const deployed: World = {
  backend: openBackend,
  now: Date.now,
  get tokens() {
    tokens ??= tokensWith(JSON.parse(process.env["TOKEN_KEYS"] ?? "[]") as Jwk[], signingKey);
    return tokens;
  },
  get settings() {
    return {
      scheme: "https" as const,
      region: process.env["CLOUD_REGION"] ?? "RegionOne",
      consoles: process.env["CONSOLES"] ?? null,
    };
  },
};
