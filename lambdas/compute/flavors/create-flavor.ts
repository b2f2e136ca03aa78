import { randomUUID } from "node:crypto";
import { isTrue, novaMember } from "../../core/booleans.ts";
import { badRequest, conflict } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { type Flavor, flavorDefaults } from "../model/flavor.ts";
import { flavorsIn } from "../repositories/flavors.ts";
import { createFlavorSchema } from "./create-schema.ts";

export const createFlavor = operation({
  id: "compute/create-flavor",
  service: "compute",
  route: "POST /flavors",
  access: { rule: "os_compute_api:os-flavor-manage:create", role: "admin" },
  dynamoCalls: ["PutItem", "GetItem", "Query", "DeleteItem"],
  answer: "flavor",
  body: createFlavorSchema,
  async run({ body: { flavor: attributes } }, environment) {
    const flavors = flavorsIn(environment.backend().records);
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
    if (!(await flavors.addOrRevive(flavor)))
      throw conflict(`Flavor with ID ${flavor.id} already exists.`);
    // checked after the write, so that concurrent creates see each other
    const { id, name } = flavor;
    if ((await flavors.all()).some((other) => other.name === name && other.id !== id)) {
      await flavors.remove(id);
      throw conflict(`Flavor with name ${name} already exists.`);
    }
    return flavor;
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
