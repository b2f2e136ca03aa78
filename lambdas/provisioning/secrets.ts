import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";

/** The used part of Secrets Manager. */
export interface SecretStore {
  /** The latest version, or the one stored under a name. */
  read(secret: string, version?: string): Promise<string>;
  /** Returns false, and changes nothing, where the version name exists. */
  put(secret: string, version: string, text: string): Promise<boolean>;
}

/** Names a version by its request token. */
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
