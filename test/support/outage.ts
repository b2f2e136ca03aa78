import { startCloud } from "./cloud.ts";
import { faultyEngine } from "./faulty-engine.ts";

/** One short attempt, so that failures are reported fast. */
export const impatientClient = {
  maxAttempts: 1,
  requestHandler: { requestTimeout: 300, connectionTimeout: 300, throwOnRequestTimeout: true },
};

export async function startOnFaultyEngine(client: object = impatientClient) {
  const engine = await faultyEngine();
  const cloud = await startCloud({}, { endpoint: engine.endpoint, client });
  return { ...cloud, ...engine };
}

export const newServer = {
  name: "web",
  flavorRef: "1",
  imageRef: "70a599e0-31e7-49b7-b260-868f441e862b",
  user_data: "YQ==",
};
