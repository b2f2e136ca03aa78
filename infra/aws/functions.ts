import type { AnyOperation, DynamoAction } from "../../lambdas/http/operation.ts";
import { type Entry, entries } from "../../lambdas/routes.ts";
import type { Packaging } from "./stages.ts";

/** What a function may do besides writing its log: its role allows that and no more. */
export interface Needs {
  readonly actions: readonly DynamoAction[];
  /** Reads the private key that tokens are signed with. */
  readonly signs: boolean;
}

/** A function that is deployed: a module under lambdas/ with a `handler`. */
export interface Deployed {
  readonly id: string;
  readonly needs: Needs;
}

/**
 * What authentication asks for: the list of revocations is a Query. HTTP Basic, which only FlexCloud
 * has, gets a user by name besides (lambdas/identity/database/revocations.ts and domain/users.ts).
 */
const authentication = (basic: boolean): readonly DynamoAction[] =>
  basic ? ["GetItem", "Query"] : ["Query"];

/** FlexCloud's doors are doors of the compute API, and no annex has them. */
const isFlexcloud = ({ target, service }: Entry): boolean =>
  service === "compute" && !("operations" in target);

export function needsOf(served: readonly AnyOperation[], basic: boolean): Needs {
  const actions = served.flatMap(({ access, dynamoCalls: calls }) =>
    access === "public" ? calls : [...calls, ...authentication(basic)],
  );
  return { actions: [...new Set(actions)].sort(), signs: served.some(({ signsTokens: signs }) => signs) };
}

/** What a function serves: an annex, those beside it too, which it serves by another spelling. */
async function servedBy({ target, operations }: Entry): Promise<readonly AnyOperation[]> {
  const beside = Object.values(("beside" in target && target.beside) || {});
  return [
    ...(await operations()),
    ...(await Promise.all(beside.flatMap((load) => (load ? [load()] : [])))),
  ];
}

const served = await Promise.all(
  entries.map(async (entry) => ({ entry, operations: await servedBy(entry) })),
);

/** The function of the $default route. It may be asked for any operation but those that sign. */
export const fallback: Deployed = {
  id: "fallback",
  needs: needsOf(
    served
      .filter(({ entry }) => !("operations" in entry.target))
      .flatMap(({ operations }) => operations)
      .filter(({ signsTokens: signs }) => !signs),
    true,
  ),
};

export const functions: readonly Deployed[] = [
  ...served.map(({ entry, operations }) => ({
    id: entry.id,
    needs: needsOf(operations, isFlexcloud(entry)),
  })),
  fallback,
];

/** All of them in one (lambdas/single.ts), and so with the needs of all. */
export const single: Deployed = {
  id: "single",
  needs: needsOf(
    served.flatMap(({ operations }) => operations),
    true,
  ),
};

/** What CloudFormation calls while it deploys; nobody else can. */
export const provisioning: Deployed = {
  id: "provisioning/provision",
  needs: { actions: ["GetItem", "PutItem"], signs: false },
};

/** All that is bundled. */
export const modules: readonly string[] = [...functions, single, provisioning].map(({ id }) => id);

export interface Packaged {
  readonly functions: readonly Deployed[];
  /** Which function serves an entry of the register, by their ids; null for the $default route. */
  servedBy(entry: string | null): string;
}

export const packagings: Readonly<Record<Packaging, Packaged>> = {
  "per-operation": { functions, servedBy: (entry) => entry ?? fallback.id },
  single: { functions: [single], servedBy: () => single.id },
};
