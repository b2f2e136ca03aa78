import { badRequest, Fault } from "../core/fault.ts";
import { type Schema, schemaAt } from "../http/schema.ts";
import { validate } from "../http/validation.ts";
import type { Records } from "../ports/records.ts";
import { assertAdmin, type VolumeCall } from "./request.ts";

/** What somebody does to a thing, by the one key of the body. */
export interface Action<On> {
  /** Of what the key leads to. */
  readonly body: Schema;
  /** For administrators, by the name Cinder's policy has for it. */
  readonly admin?: string;
  readonly since?: number;
  readonly run: (doing: Doing<On>) => Promise<Done>;
}

export interface Doing<On> {
  readonly on: On;
  /** What the key leads to. */
  readonly said: Readonly<Record<string, unknown>>;
  readonly asking: VolumeCall;
  readonly records: Records;
}

interface Done {
  readonly status: 200 | 202 | 204;
  readonly body?: unknown;
}

/** Whatever it leads to is of no matter. */
export const whatever: Schema = {};

/** An object with these members, and no others. */
export const members = (properties: Schema["properties"], required: readonly string[]): Schema => ({
  type: "object",
  properties: properties ?? {},
  required,
  additionalProperties: false,
});

/** The action that a body means, with what it says. */
export function actionIn<On>(
  actions: Readonly<Record<string, Action<On>>>,
  body: Readonly<Record<string, unknown>>,
  asking: VolumeCall,
): { readonly action: Action<On>; readonly said: Readonly<Record<string, unknown>> } {
  const [name, ...more] = Object.keys(body);
  if (name === undefined || more.length > 0) throw badRequest("Malformed request body");
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action) throw new Fault({ kind: "no-such-action", action: name });
  if ((action.since ?? 0) > asking.microversion) throw new Fault({ kind: "not-in-version" });
  const schema = schemaAt(action.body, asking.microversion);
  validate({ type: "object", properties: { [name]: schema } }, body, {
    part: "body",
    unknownMembers: "refused",
  });
  if (action.admin !== undefined) assertAdmin(asking, action.admin);
  return { action, said: Object(body[name]) as Readonly<Record<string, unknown>> };
}
