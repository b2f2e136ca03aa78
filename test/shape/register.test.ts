import { basename, dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { functionModule } from "../../infra/register/function-module.ts";
import { requestedActions } from "../../lambdas/compute/model/lifecycle.ts";
import { functions, routes } from "../../lambdas/functions.ts";
import { register } from "../../lambdas/register.ts";
import { productSources } from "./sources.ts";

describe("the register", () => {
  test("has every file that declares an operation", () => {
    const declared = productSources
      .filter(
        ({ file, text }) =>
          /^export const \w+ = operation\(\{/m.test(text) && /^lambdas\//.test(file),
      )
      .map(({ file }) => file.replace(/^lambdas\/|\.ts$/g, ""));
    expect(register.map(({ file }) => file).sort()).toEqual(declared.sort());
  });

  test.each(register.map((entry) => [entry.file, entry] as const))(
    "%s declares in its text what it declares when imported",
    async (file, entry) => {
      const { load, file: _, exportName, isPublic, ...header } = entry;
      const operation = await load();
      const { id, service, route, action, begins, signsTokens, dynamoCalls } = operation;
      expect(header).toEqual({
        ...{ id, service, route, dynamoCalls },
        ...(action !== undefined && { action }),
        ...(operation.function !== undefined && { function: operation.function }),
        ...(begins !== undefined && { begins }),
        ...(signsTokens !== undefined && { signsTokens }),
      });
      expect(isPublic).toBe(operation.access === "public");
      expect(id, `${file} declares id "${id}"`).toBe(`${file.split("/")[0]}/${basename(file)}`);
      expect(kebab(exportName), `${file} exports ${exportName}`).toBe(basename(file));
      expect(dirname(file)).not.toBe(".");
    },
  );

  test("gives every operation an id of its own", () => {
    const ids = register.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("gives two operations of one route different actions", () => {
    const keys = register.map(({ service, route, action = "" }) => `${service} ${route} ${action}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("the life-cycle table", () => {
  const rows = new Set<string>(requestedActions);

  test("has the row that an operation begins", () => {
    const unknown = register.flatMap(({ id, begins }) =>
      begins === undefined || rows.has(begins)
        ? []
        : [`${id} begins "${begins}": no such row in lifecycle-table.ts`],
    );
    expect(unknown).toEqual([]);
  });

  test("has no row that nothing begins", () => {
    const texts = productSources
      .filter(({ file }) => /^lambdas\/compute\/(?!model\/)/.test(file))
      .map(({ text }) => text);
    const idle = [...rows].flatMap((row) =>
      texts.some((text) => text.includes(`"${row}"`))
        ? []
        : [`row "${row}" is begun by no operation`],
    );
    expect(idle).toEqual([]);
  });
});

describe("the functions", () => {
  test("serve no route twice", () => {
    const keys = routes.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("serve every operation exactly once", () => {
    const served = functions.flatMap(({ operations }) => operations.map(({ id }) => id));
    expect(served.sort()).toEqual(register.map(({ id }) => id).sort());
  });

  test.each(functions.map(({ id }) => id))("%s has a module with a handler", (id) => {
    expect(functionModule(id)).toContain("export const handler = ");
  });
});

const kebab = (name: string): string =>
  name
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
