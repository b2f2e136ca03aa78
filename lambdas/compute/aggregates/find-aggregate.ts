import { badRequest, conflict, type Fault, notFound } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import type { Aggregate } from "../model/aggregate.ts";
import { aggregates } from "../repositories/aggregates.ts";

/** Text that is no number is 400, not 404. */
export function parseAggregateId(path: string): string {
  if (/^-?\d+$/.test(path)) return String(Number(path));
  throw badRequest("Invalid input received: id must be an integer");
}

/** @calls GetItem, PutItem */
export async function changeAggregateRecord(
  records: Records,
  path: string,
  to: (was: Aggregate) => Aggregate,
): Promise<Aggregate> {
  const aggregate = await records.change(aggregates, parseAggregateId(path), to);
  if (!aggregate) throw notFound("aggregate", path);
  return aggregate;
}

export function assertAggregateNameFree(
  all: readonly Aggregate[],
  name: string,
  exceptNumber: number,
): void {
  if (all.some((one) => one.name === name && one.number !== exceptNumber))
    throw aggregateNameTaken(name);
}

export const aggregateNameTaken = (name: string): Fault =>
  conflict(`Aggregate ${name} already exists.`);
