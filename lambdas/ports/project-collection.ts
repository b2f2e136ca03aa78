import type { ProjectScope } from "../core/project-scope.ts";
import type { Collection, Records } from "./records.ts";

interface ProjectOwned {
  readonly id: string;
  readonly project_id: string;
}

/** Projects that have, or had, records of a kind: how an administrator's list finds them. */
const ownerIndex = (kind: string): Collection<{ readonly id: string }> => ({ name: kind });

export const collectionOfProject = <R>(kind: string, project: string): Collection<R> => ({
  name: `${kind}#${project}`,
});

/**
 * Records in one collection per project, so that a project's list does not grow with the cloud. For
 * an administrator each read costs one Query more, plus the same per project.
 */
export function projectCollection<R extends ProjectOwned>(
  records: Records,
  kind: string,
  /** Records that a project has from the start. */
  seeds: (project: string) => readonly R[] = () => [],
) {
  const collection = (project: string): Collection<R> => collectionOfProject(kind, project);
  const seedOf = (project: string, id: string): R | null =>
    seeds(project).find((one) => one.id === id) ?? null;

  async function otherProjects({ project, allProjects }: ProjectScope): Promise<string[]> {
    if (!allProjects) return [];
    return (await records.all(ownerIndex(kind))).map(({ id }) => id).filter((id) => id !== project);
  }

  async function allOf(project: string): Promise<R[]> {
    const stored = await records.all(collection(project));
    const ids = new Set(stored.map(({ id }) => id));
    return [...seeds(project).filter(({ id }) => !ids.has(id)), ...stored];
  }

  const one = async (project: string, id: string): Promise<R | null> =>
    (await records.get(collection(project), id)) ?? seedOf(project, id);

  /**
   * Registers a project before its first record.
   * @calls GetItem, PutItem
   */
  async function register(project: string): Promise<void> {
    if (!(await records.get(ownerIndex(kind), project)))
      await records.add(ownerIndex(kind), project, { id: project });
  }

  return {
    register,

    /** @calls GetItem */
    async findById(scope: ProjectScope, id: string): Promise<R | null> {
      const ownRecord = await one(scope.project, id);
      if (ownRecord) return ownRecord;
      const found = await Promise.all(
        (await otherProjects(scope)).map((project) => one(project, id)),
      );
      return found.find((record) => record !== null) ?? null;
    },

    /**
     * In the order of their ids.
     * @calls Query
     */
    async all(scope: ProjectScope): Promise<R[]> {
      const projects = [scope.project, ...(await otherProjects(scope))];
      return (await Promise.all(projects.map(allOf))).flat();
    },

    /** @calls GetItem, PutItem */
    async add(record: R): Promise<void> {
      await register(record.project_id);
      await records.put(collection(record.project_id), record.id, record);
    },

    /**
     * Returns null for a record that is gone; rethrows what `to` throws.
     * @calls GetItem, PutItem
     */
    async change({ project_id, id }: ProjectOwned, to: (was: R) => R): Promise<R | null> {
      const seed = seedOf(project_id, id);
      if (seed) await records.add(collection(project_id), id, seed);
      return records.change(collection(project_id), id, to);
    },

    /**
     * Returns the removed record; of concurrent callers one receives it.
     * @calls DeleteItem
     */
    remove: ({ project_id, id }: ProjectOwned): Promise<R | null> =>
      records.remove(collection(project_id), id),

    /**
     * Removes the record if `isRemovable` holds for it at that moment; `read` is the record as the
     * caller read it. Returns the removed record.
     * @calls DeleteItem, GetItem
     */
    removeIf: (read: R, isRemovable: (current: R) => boolean): Promise<R | null> =>
      records.removeIf(collection(read.project_id), read.id, isRemovable, read),
  };
}
