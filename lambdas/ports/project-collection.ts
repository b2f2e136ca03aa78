import type { ProjectScope } from "../core/project-scope.ts";
import type { Collection, Records } from "./records.ts";

/** What is a project's. */
interface ProjectOwned {
  readonly id: string;
  readonly project_id: string;
}

/** The projects that have, or had, something of the kind: how an administrator finds it all. */
const ownerIndex = (kind: string): Collection<{ readonly id: string }> => ({ name: kind });

export const collectionOfProject = <R>(kind: string, project: string): Collection<R> => ({
  name: `${kind}#${project}`,
});

/**
 * What each project has for itself is on a shelf per project, so that nobody's list grows with what
 * others have. In brackets what is asked of DynamoDB; for administrators a Query more, and the same
 * again for each project.
 */
export function projectCollection<R extends ProjectOwned>(
  records: Records,
  kind: string,
  /** What a project has from the start. */
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

  /** To be told of each project before the first of its things is added. (GetItem, PutItem) */
  async function register(project: string): Promise<void> {
    if (!(await records.get(ownerIndex(kind), project)))
      await records.add(ownerIndex(kind), project, { id: project });
  }

  return {
    register,

    /** (GetItem) */
    async findById(scope: ProjectScope, id: string): Promise<R | null> {
      const ownRecord = await one(scope.project, id);
      if (ownRecord) return ownRecord;
      const found = await Promise.all(
        (await otherProjects(scope)).map((project) => one(project, id)),
      );
      return found.find((record) => record !== null) ?? null;
    },

    /** In the order they were kept. (Query) */
    async all(scope: ProjectScope): Promise<R[]> {
      const projects = [scope.project, ...(await otherProjects(scope))];
      return (await Promise.all(projects.map(allOf))).flat();
    },

    /** (GetItem, PutItem) */
    async add(record: R): Promise<void> {
      await register(record.project_id);
      await records.put(collection(record.project_id), record.id, record);
    },

    /** null where it is gone meanwhile; what `to` throws is thrown. (GetItem, PutItem) */
    async change({ project_id, id }: ProjectOwned, to: (was: R) => R): Promise<R | null> {
      const seed = seedOf(project_id, id);
      if (seed) await records.add(collection(project_id), id, seed);
      return records.change(collection(project_id), id, to);
    },

    /** What was there: of several who remove it, one is given it. (DeleteItem) */
    remove: ({ project_id, id }: ProjectOwned): Promise<R | null> =>
      records.remove(collection(project_id), id),
  };
}
