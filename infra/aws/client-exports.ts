/**
 * Shell lines for `eval` that set a client's variables for the first administrator. The shell reads
 * the password from the secret; no output contains it.
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
