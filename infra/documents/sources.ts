import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A project whose source the comments cite, at one revision. */
export interface Pin {
  readonly project: string;
  /** Under https://github.com/openstack/. */
  readonly repository: string;
  /** A commit or a tag. */
  readonly revision: string;
}

export const sourcesPage = join(import.meta.dirname, "../../docs/sources.md");

/** The rows of the table of pins in docs/sources.md. */
export function readPins(page: string = readFileSync(sourcesPage, "utf8")): readonly Pin[] {
  const row = /^\| `(\w+)` \| `([\w.-]+)` \| `([\w.]+)` \|/gm;
  return [...page.matchAll(row)].map(([, project = "", repository = "", revision = ""]) => ({
    project,
    repository,
    revision,
  }));
}

const pointerForm = /^(\w+)((?:\/[\w.-]+)+)(?::(\d+))?$/;

/** `nova/compute/api.py:5020` as an address on GitHub. Throws on another form or a project without a pin. */
export function permalinkOf(pointer: string, pins: readonly Pin[] = readPins()): string {
  const [, project, path, line] = pointerForm.exec(pointer) ?? [];
  if (project === undefined || path === undefined)
    throw new Error(`"${pointer}" is not a source pointer: write nova/compute/api.py:5020`);
  const pin = pins.find((one) => one.project === project);
  if (!pin) {
    const known = pins.map((one) => one.project).join(", ");
    throw new Error(`"${project}" has no pin in docs/sources.md; projects with one: ${known}`);
  }
  const address = `https://github.com/openstack/${pin.repository}/blob/${pin.revision}/${project}${path}`;
  return line === undefined ? address : `${address}#L${line}`;
}
