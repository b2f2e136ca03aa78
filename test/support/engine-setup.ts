import type { TestProject } from "vitest/node";
import { type EngineName, openEngine } from "../../infra/local/engine.ts";

declare module "vitest" {
  export interface ProvidedContext {
    endpoint: string;
  }
}

export default async function setup(project: TestProject) {
  const engine = await openEngine({ name: project.name as EngineName });
  project.provide("endpoint", engine.endpoint);
  return () => engine.stop();
}
