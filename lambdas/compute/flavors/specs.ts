import { badRequest, type Fault, notFound } from "../../core/fault.ts";
import { str } from "../../core/python-json.ts";

/** Nova's metadata_with_null, with numbers. */
export const specsSchema = {
  type: "object",
  patternProperties: {
    "^[a-zA-Z0-9-_:. ]{1,255}$": { type: ["string", "number"], maxLength: 255 },
  },
  additionalProperties: false,
} as const;

type ExtraSpecs = Readonly<Record<string, unknown>>;

export const toStoredSpecs = (specs: ExtraSpecs): Record<string, string> =>
  Object.fromEntries(Object.entries(specs).map(([key, value]) => [key, str(value)]));

export const extraSpecNotFound = (flavor: string, key: string): Fault =>
  notFound("flavor", flavor, `Flavor ${flavor} has no extra specs with key ${key}.`);

export function assertSameKey(specs: ExtraSpecs, key: string): void {
  if (!Object.hasOwn(specs, key)) throw badRequest("Request body and URI mismatch");
}
