/**
 * What a client wants in its environment to use a cloud as its first administrator, for `eval`. The
 * password is asked for when it is evaluated, by whoever may read the secret: it is in no output.
 */
export const clientExports = (endpoint: string, passwordSecret: string, region: string): string =>
  Object.entries({
    OS_AUTH_URL: `${endpoint}/identity/v3`,
    OS_IDENTITY_API_VERSION: "3",
    OS_USERNAME: "admin",
    OS_PASSWORD: `"$(aws secretsmanager get-secret-value --region ${region} --secret-id ${passwordSecret} --query SecretString --output text)"`,
    OS_PROJECT_NAME: "admin",
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_NAME: "Default",
    OS_REGION_NAME: "RegionOne",
  })
    .map(([name, value]) => `export ${name}=${value}`)
    .join("\n");
