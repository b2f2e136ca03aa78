import fc, { type Arbitrary } from "fast-check";
import { flavors } from "../../lambdas/compute/model/flavor.ts";
import type { Deed } from "../../lambdas/compute/model/lifecycle.ts";
import type { Schema } from "../../lambdas/http/schema.ts";
import type { Role } from "../../lambdas/identity/model/identity.ts";
import { images } from "../../lambdas/image/model/image.ts";
import { near } from "./near-schema.ts";
import { operations } from "./register.ts";

/** Something that is asked of a server, and what of the table that is, by facts/nova-api.md §2.2. */
export interface Errand {
  /** The body's member. */
  readonly key: string;
  /** The row that it is by what it says; null where it moves nothing. */
  readonly deed: (value: unknown) => Deed | null;
  /** What a 409 calls it. */
  readonly verb: string;
  readonly success: number;
  /** Whether what is asked for is granted wherever the table has nothing against it. */
  readonly sure: boolean;
  readonly values: Arbitrary<unknown>;
}

const anything = fc.constantFrom<unknown>(null, {}, [], "", true, 7);
const nothing = fc.constant(null);

const moving = (
  key: string,
  deed: Deed,
  over: Partial<Omit<Errand, "key" | "deed">> = {},
): Errand => ({
  key,
  deed: () => deed,
  verb: key.replace(/^os-/, ""),
  success: 202,
  sure: true,
  values: anything,
  ...over,
});

const member = (value: unknown, name: string): unknown =>
  value !== null && typeof value === "object"
    ? (value as Record<string, unknown>)[name]
    : undefined;

const image = images[0]?.id;

const moves: readonly Errand[] = [
  moving("os-start", "start"),
  moving("os-stop", "stop"),
  moving("pause", "pause"),
  moving("unpause", "unpause"),
  moving("suspend", "suspend"),
  moving("resume", "resume"),
  {
    ...moving("reboot", "hardReboot", {
      values: fc.constantFrom("HARD", "SOFT", "Hard", "soft").map((type) => ({ type })),
    }),
    deed: (value) => (/^soft$/i.test(String(member(value, "type"))) ? "softReboot" : "hardReboot"),
  },
  moving("rescue", "rescue", {
    success: 200,
    values: fc.constantFrom(null, {}, { adminPass: "p" }),
  }),
  moving("unrescue", "unrescue"),
  moving("resize", "resize", {
    sure: false,
    values: fc.constantFrom(...flavors.map(({ id }) => ({ flavorRef: id }))),
  }),
  moving("migrate", "migrate", { sure: false, values: nothing }),
  moving("confirmResize", "confirmResize", { success: 204 }),
  moving("revertResize", "revertResize"),
  moving("rebuild", "rebuild", { sure: false, values: fc.constant({ imageRef: image }) }),
  moving("createImage", "createImage", { values: fc.constant({ name: "snap" }) }),
  moving("createBackup", "createBackup", {
    values: fc
      .integer({ min: 0, max: 2 })
      .map((rotation) => ({ name: "back", backup_type: "daily", rotation })),
  }),
  moving("changePassword", "changePassword", { values: fc.constant({ adminPass: "p" }) }),
  moving("shelve", "shelve", { values: nothing }),
  moving("shelveOffload", "shelveOffload", { values: nothing }),
  moving("unshelve", "unshelve", { sure: false, values: nothing }),
  moving("restore", "restore", { sure: false }),
  moving("forceDelete", "delete", { verb: "delete" }),
  moving("os-migrateLive", "liveMigrate", {
    verb: "os-migrateLive",
    sure: false,
    values: fc.constant({ host: null, block_migration: false, disk_over_commit: false }),
  }),
  moving("evacuate", "evacuate", {
    success: 200,
    sure: false,
    values: fc.constant({ onSharedStorage: false }),
  }),
  {
    ...moving("os-resetState", "resetToError", {
      values: fc.constantFrom("active", "error").map((state) => ({ state })),
    }),
    deed: (value) => (member(value, "state") === "active" ? "resetToActive" : "resetToError"),
  },
];

const registered = operations.filter(({ id }) => id.startsWith("servers/actions/"));

/** Whatever else is asked of servers moves nothing: consoles, locks, security groups. */
const resting = registered.flatMap(({ action: key = "", body }): Errand[] =>
  moves.some((errand) => errand.key === key)
    ? []
    : [
        {
          key,
          deed: () => null,
          verb: "",
          success: 202,
          sure: false,
          values: body ? near(body as Schema).map((whole) => member(whole, key) ?? null) : anything,
        },
      ],
);

/** Each action that is served, as the register has it. */
export const errands: readonly Errand[] = [
  ...moves.filter(({ key }) => registered.some(({ action }) => action === key)),
  ...resting,
];

/** Bodies of which some are taken and most are nearly so. */
export const wild = ({ key }: Errand): Arbitrary<unknown> => {
  const body = registered.find(({ action }) => action === key)?.body;
  return body
    ? near(body as Schema)
    : fc.jsonValue({ maxDepth: 1 }).map((json) => ({ [key]: json }));
};

/** The role that its policy asks for. */
export function roleFor({ key }: Errand): Role {
  const access = registered.find(({ action }) => action === key)?.access;
  return typeof access === "object" ? access.role : "reader";
}
