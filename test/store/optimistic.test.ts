import { expect, test } from "vitest";
import { lost, optimistic } from "../../lambdas/ports/optimistic.ts";
import type { Records } from "../../lambdas/ports/records.ts";
import { upsert } from "../../lambdas/ports/upsert.ts";

test("an attempt that is not lost ends the retries", async () => {
  const numbers: number[] = [];
  const result = await optimistic(async (number) => {
    numbers.push(number);
    return number === 2 ? "won" : lost;
  });
  expect(result).toBe("won");
  expect(numbers).toEqual([0, 1, 2]);
});

test("undefined and null are results", async () => {
  await expect(optimistic(async () => undefined)).resolves.toBeUndefined();
  await expect(optimistic(async () => null)).resolves.toBeNull();
});

test.each([undefined, 1, 20])("%s attempts lost in a row throw raced", async (maxAttempts) => {
  let attempts = 0;
  const lose = async () => {
    attempts++;
    return lost;
  };
  await expect(optimistic(lose, maxAttempts)).rejects.toMatchObject({ refusal: { kind: "raced" } });
  expect(attempts).toBe(maxAttempts ?? 30);
});

test("an error ends the retries", async () => {
  let attempts = 0;
  const fail = async (): Promise<typeof lost> => {
    attempts++;
    throw new Error("broken");
  };
  await expect(optimistic(fail)).rejects.toThrow("broken");
  expect(attempts).toBe(1);
});

test("a record that is created and removed in every race is given up after thirty attempts", async () => {
  let attempts = 0;
  const records: Pick<Records, "change" | "add"> = {
    change: async () => null,
    add: async () => {
      attempts++;
      return false;
    },
  };
  const upserted = upsert(records as Records, { name: "ANY" }, "id", () => 1);
  await expect(upserted).rejects.toMatchObject({ refusal: { kind: "raced" } });
  expect(attempts).toBe(30);
});
