export const userAttributes = [
  "name",
  "description",
  "domain_id",
  "default_project_id",
  "enabled",
  "password",
  "original_password",
  "password_expires_at",
] as const;
