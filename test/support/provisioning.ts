import type { CloudFormationCustomResourceEvent as Event } from "aws-lambda";
import { openBackend } from "../../lambdas/deployed/backend.ts";
import { parseKeyRing } from "../../lambdas/identity/authentication/key-ring.ts";
import type { Jwk } from "../../lambdas/identity/authentication/tokens.ts";
import { provision } from "../../lambdas/provisioning/provision.ts";
import type { SecretStore } from "../../lambdas/provisioning/secrets.ts";
import { openTestTable, recordCommands, startCloud } from "./cloud.ts";

export const password = "made-up-by-secrets-manager";

const targets = { signingKey: "key", administratorPassword: "password" };

/** Secrets Manager with immutable versions, the last one current. */
export function fakeSecrets() {
  const versions = new Map<string, Map<string, string>>([
    ["key", new Map([["made", "a random string, as CloudFormation makes one"]])],
    ["password", new Map([["made", password]])],
  ]);
  const secrets: SecretStore = {
    async read(secret, version) {
      const all = versions.get(secret);
      return (version === undefined ? [...(all?.values() ?? [])].at(-1) : all?.get(version)) ?? "";
    },
    async put(secret, version, text) {
      const all = versions.get(secret);
      if (!all || all.has(version)) return false;
      all.set(version, text);
      return true;
    },
  };
  return { secrets, versions: () => versions.get("key")?.size ?? 0 };
}

const eventBase = {
  ServiceToken: "arn:aws:lambda:::function:provision",
  ResponseURL: "",
  StackId: "stack",
  ResourceType: "Custom::TokenKeys",
  LogicalResourceId: "TokenKeys",
};

const resourceProperties = (Rotation: string, Table = "table") => ({
  ServiceToken: eventBase.ServiceToken,
  Rotation,
  Table,
});

export const createEvent = (RequestId = "create", Rotation = "first"): Event => ({
  ...eventBase,
  RequestType: "Create",
  RequestId,
  ResourceProperties: resourceProperties(Rotation),
});

export const updateEvent = (
  RequestId: string,
  from: string,
  to: string,
  table?: string,
): Event => ({
  ...eventBase,
  RequestType: "Update",
  RequestId,
  PhysicalResourceId: "TokenKeys",
  ResourceProperties: resourceProperties(to, table),
  OldResourceProperties: resourceProperties(from),
});

export async function startProvisioning(over: Partial<SecretStore> = {}) {
  const table = await openTestTable();
  const commands = recordCommands(table);
  const backend = openBackend(table);
  const { environment, call, pass, now } = await startCloud({ backend: () => backend });
  const kept = fakeSecrets();
  const secrets = { ...kept.secrets, ...over };

  return {
    call,
    commands,
    pass,
    now,
    ...kept,

    respondTo: async (event: Event) =>
      JSON.stringify(await provision(event, environment, secrets, targets)),

    async keys(event: Event): Promise<Jwk[]> {
      return JSON.parse((await provision(event, environment, secrets, targets))["TokenKeys"] ?? "");
    },

    ring: async () => parseKeyRing(await kept.secrets.read("key")),

    login: async (secret: string) => {
      const user = { name: "admin", domain: { id: "default" }, password: secret };
      const identity = { methods: ["password"], password: { user } };
      const { status, headers } = await call("POST", "/identity/v3/auth/tokens", {
        as: null,
        body: {
          auth: { identity, scope: { project: { name: "admin", domain: { id: "default" } } } },
        },
      });
      return { status, token: headers.get("x-subject-token") ?? "" };
    },
  };
}
