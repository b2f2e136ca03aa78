import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";

/** What is asked of Secrets Manager. */
export interface SecretStore {
  /** The latest, or the version that was put under a name. */
  read(secret: string, version?: string): Promise<string>;
  /** False where there is a version of that name already, which then stays as it is. */
  put(secret: string, version: string, text: string): Promise<boolean>;
}

/** Secrets Manager itself. A version is named by the token that its request came with. */
export function secretsManager(client = new SecretsManagerClient()): SecretStore {
  return {
    async read(SecretId, VersionId) {
      const { SecretString = "" } = await client.send(
        new GetSecretValueCommand({ SecretId, ...(VersionId !== undefined && { VersionId }) }),
      );
      return SecretString;
    },

    async put(SecretId, ClientRequestToken, SecretString) {
      try {
        await client.send(
          new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString }),
        );
        return true;
      } catch (cause) {
        if (cause instanceof ResourceExistsException) return false;
        throw cause;
      }
    },
  };
}
