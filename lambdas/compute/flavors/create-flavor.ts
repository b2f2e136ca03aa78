import { randomUUID } from "node:crypto";
import { isTrue, novaMember } from "../../core/booleans.ts";
import { badRequest, conflict } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { type Flavor, flavorDefaults } from "../model/flavor.ts";
import { flavorNames, flavorsIn } from "../repositories/flavors.ts";
import { createFlavorSchema } from "./create-schema.ts";

export const createFlavor = operation({
  id: "compute/create-flavor",
  service: "compute",
  route: "POST /flavors",
  access: { rule: "os_compute_api:os-flavor-manage:create", role: "admin" },
  // without GetItem and DeleteItem, for a lost race; the group's role has them
  dynamoCalls: ["PutItem", "Query"],
  answer: "flavor",
  body: createFlavorSchema,
  async run({ body: { flavor: attributes }, now }, environment) {
    const { records } = environment.backend();
    const [flavors, names] = [flavorsIn(records), flavorNames(records)];
    const flavor: Flavor = {
      ...flavorDefaults,
      id: attributes.id ? String(attributes.id) : randomUUID(),
      name: attributes.name.trim(),
      vcpus: Number(attributes.vcpus),
      ram: Number(attributes.ram),
      disk: Number(attributes.disk),
      ephemeral: Number(attributes["OS-FLV-EXT-DATA:ephemeral"] ?? 0),
      swap: Number(attributes.swap ?? 0),
      rxtxFactor: parseRxtxFactor(attributes.rxtx_factor),
      isPublic: isTrue(novaMember, attributes["os-flavor-access:is_public"] ?? true),
      description: attributes.description ?? null,
    };
    const { id, name } = flavor;
    const all = await flavors.all();
    if (all.some((other) => other.id === id))
      throw conflict(`Flavor with ID ${id} already exists.`);
    if (all.some((other) => other.name === name) || !(await names.claim(flavor, now)))
      throw conflict(`Flavor with name ${name} already exists.`);
    if (await flavors.addOrRevive(flavor)) return flavor;
    await names.release(flavor, now);
    throw conflict(`Flavor with ID ${id} already exists.`);
  },
});

/** The schema limits numbers, not numeric text. */
function parseRxtxFactor(text: string | number | undefined): number {
  const value = Number(text ?? 1);
  if (value > 0 && value <= 3.40282e38) return value;
  throw badRequest(
    "Invalid input received: 'rxtx_factor' argument must be a float between 0 and 3.40282e+38",
  );
}
