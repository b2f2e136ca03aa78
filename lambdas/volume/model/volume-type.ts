import type { ProjectScope } from "../../core/project-scope.ts";

export interface VolumeType {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly isPublic: boolean;
  readonly extraSpecs: Readonly<Record<string, string>>;
  /** Projects with access to a private type. */
  readonly projects: readonly string[];
}

/** DevStack's default type. */
export const defaultType: VolumeType = {
  id: "7c1b6f0e-52d3-4a0e-8f1c-2d9a4e6b3c01",
  name: "lvmdriver-1",
  description: null,
  isPublic: true,
  extraSpecs: { volume_backend_name: "lvmdriver-1" },
  projects: [],
};

export const isTypeVisible = (
  { project, allProjects }: ProjectScope,
  { isPublic, projects }: VolumeType,
): boolean => allProjects || isPublic || projects.includes(project);

/** The only form that enables multiattach, since microversion 3.50. */
export const isMultiattach = ({ extraSpecs }: VolumeType): boolean =>
  extraSpecs["multiattach"] === "<is> True";
