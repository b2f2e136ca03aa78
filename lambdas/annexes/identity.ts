import { annex } from "../http/function-group.ts";
import type { Annex } from "../http/operation.ts";

/** What of Keystone is not about tokens. */
export const identityAnnex = {
  id: "annexes/identity",
  doors: ["/identity"],
  operations: {
    "POST /v3/users/{user_id}/application_credentials": async () =>
      (await import("../identity/application-credentials/create-application-credential.ts"))
        .createApplicationCredential,
    "DELETE /v3/users/{user_id}/application_credentials/{application_credential_id}": async () =>
      (await import("../identity/application-credentials/delete-application-credential.ts"))
        .deleteApplicationCredential,
    "GET /v3/users/{user_id}/access_rules": async () =>
      (await import("../identity/application-credentials/list-access-rules.ts")).listAccessRules,
    "GET /v3/users/{user_id}/application_credentials": async () =>
      (await import("../identity/application-credentials/list-application-credentials.ts"))
        .listApplicationCredentials,
    "GET /v3/users/{user_id}/application_credentials/{application_credential_id}": async () =>
      (await import("../identity/application-credentials/show-application-credential.ts"))
        .showApplicationCredential,
    "GET /v3/auth/domains": async () =>
      (await import("../identity/auth/list-own-domains.ts")).listOwnDomains,
    "GET /v3/auth/projects": async () =>
      (await import("../identity/auth/list-own-projects.ts")).listOwnProjects,
    "GET /v3/auth/system": async () =>
      (await import("../identity/auth/list-own-systems.ts")).listOwnSystems,
    "GET /v3/auth/catalog": async () =>
      (await import("../identity/auth/show-catalog.ts")).showCatalog,
    "POST /v3/domains": async () =>
      (await import("../identity/domains/create-domain.ts")).createDomain,
    "DELETE /v3/domains/{domain_id}": async () =>
      (await import("../identity/domains/delete-domain.ts")).deleteDomain,
    "GET /v3/domains": async () =>
      (await import("../identity/domains/list-domains.ts")).listDomains,
    "GET /v3/domains/{domain_id}": async () =>
      (await import("../identity/domains/show-domain.ts")).showDomain,
    "PATCH /v3/domains/{domain_id}": async () =>
      (await import("../identity/domains/update-domain.ts")).updateDomain,
    "HEAD /v3/domains/{domain_id}/users/{user_id}/roles/{role_id}": async () =>
      (await import("../identity/grants/check-domain-role.ts")).checkDomainRole,
    "HEAD /v3/projects/{project_id}/users/{user_id}/roles/{role_id}": async () =>
      (await import("../identity/grants/check-project-role.ts")).checkProjectRole,
    "HEAD /v3/system/users/{user_id}/roles/{role_id}": async () =>
      (await import("../identity/grants/check-system-role.ts")).checkSystemRole,
    "PUT /v3/domains/{domain_id}/users/{user_id}/roles/{role_id}": async () =>
      (await import("../identity/grants/grant-domain-role.ts")).grantDomainRole,
    "PUT /v3/projects/{project_id}/users/{user_id}/roles/{role_id}": async () =>
      (await import("../identity/grants/grant-project-role.ts")).grantProjectRole,
    "PUT /v3/system/users/{user_id}/roles/{role_id}": async () =>
      (await import("../identity/grants/grant-system-role.ts")).grantSystemRole,
    "GET /v3/domains/{domain_id}/users/{user_id}/roles": async () =>
      (await import("../identity/grants/list-domain-roles.ts")).listDomainRoles,
    "GET /v3/projects/{project_id}/users/{user_id}/roles": async () =>
      (await import("../identity/grants/list-project-roles.ts")).listProjectRoles,
    "GET /v3/role_assignments": async () =>
      (await import("../identity/grants/list-role-assignments.ts")).listRoleAssignments,
    "GET /v3/system/users/{user_id}/roles": async () =>
      (await import("../identity/grants/list-system-roles.ts")).listSystemRoles,
    "DELETE /v3/domains/{domain_id}/users/{user_id}/roles/{role_id}": async () =>
      (await import("../identity/grants/revoke-domain-role.ts")).revokeDomainRole,
    "DELETE /v3/projects/{project_id}/users/{user_id}/roles/{role_id}": async () =>
      (await import("../identity/grants/revoke-project-role.ts")).revokeProjectRole,
    "DELETE /v3/system/users/{user_id}/roles/{role_id}": async () =>
      (await import("../identity/grants/revoke-system-role.ts")).revokeSystemRole,
    "POST /v3/projects": async () =>
      (await import("../identity/projects/create-project.ts")).createProject,
    "DELETE /v3/projects/{project_id}": async () =>
      (await import("../identity/projects/delete-project.ts")).deleteProject,
    "GET /v3/projects": async () =>
      (await import("../identity/projects/list-projects.ts")).listProjects,
    "GET /v3/projects/{project_id}": async () =>
      (await import("../identity/projects/show-project.ts")).showProject,
    "PATCH /v3/projects/{project_id}": async () =>
      (await import("../identity/projects/update-project.ts")).updateProject,
    "HEAD /v3/roles/{role_id}/implies/{implied_role_id}": async () =>
      (await import("../identity/roles/check-implied-role.ts")).checkImpliedRole,
    "PUT /v3/roles/{role_id}/implies/{implied_role_id}": async () =>
      (await import("../identity/roles/create-implied-role.ts")).createImpliedRole,
    "POST /v3/roles": async () => (await import("../identity/roles/create-role.ts")).createRole,
    "DELETE /v3/roles/{role_id}/implies/{implied_role_id}": async () =>
      (await import("../identity/roles/delete-implied-role.ts")).deleteImpliedRole,
    "DELETE /v3/roles/{role_id}": async () =>
      (await import("../identity/roles/delete-role.ts")).deleteRole,
    "GET /v3/roles/{role_id}/implies": async () =>
      (await import("../identity/roles/list-implied-roles.ts")).listImpliedRoles,
    "GET /v3/role_inferences": async () =>
      (await import("../identity/roles/list-role-inferences.ts")).listRoleInferences,
    "GET /v3/roles": async () => (await import("../identity/roles/list-roles.ts")).listRoles,
    "GET /v3/roles/{role_id}/implies/{implied_role_id}": async () =>
      (await import("../identity/roles/show-implied-role.ts")).showImpliedRole,
    "GET /v3/roles/{role_id}": async () =>
      (await import("../identity/roles/show-role.ts")).showRole,
    "PATCH /v3/roles/{role_id}": async () =>
      (await import("../identity/roles/update-role.ts")).updateRole,
    "GET /v3/endpoints": async () =>
      (await import("../identity/services/list-endpoints.ts")).listEndpoints,
    "GET /v3/regions": async () =>
      (await import("../identity/services/list-regions.ts")).listRegions,
    "GET /v3/services": async () =>
      (await import("../identity/services/list-services.ts")).listServices,
    "GET /v3/endpoints/{endpoint_id}": async () =>
      (await import("../identity/services/show-endpoint.ts")).showEndpoint,
    "GET /v3/regions/{region_id}": async () =>
      (await import("../identity/services/show-region.ts")).showRegion,
    "GET /v3/services/{service_id}": async () =>
      (await import("../identity/services/show-service.ts")).showService,
    "POST /v3/users/{user_id}/password": async () =>
      (await import("../identity/users/change-password.ts")).changePassword,
    "POST /v3/users": async () => (await import("../identity/users/create-user.ts")).createUser,
    "DELETE /v3/users/{user_id}": async () =>
      (await import("../identity/users/delete-user.ts")).deleteUser,
    "GET /v3/groups": async () => (await import("../identity/users/list-groups.ts")).listGroups,
    "GET /v3/users/{user_id}/groups": async () =>
      (await import("../identity/users/list-user-groups.ts")).listUserGroups,
    "GET /v3/users/{user_id}/projects": async () =>
      (await import("../identity/users/list-user-projects.ts")).listUserProjects,
    "GET /v3/users": async () => (await import("../identity/users/list-users.ts")).listUsers,
    "GET /v3/users/{user_id}": async () =>
      (await import("../identity/users/show-user.ts")).showUser,
    "PATCH /v3/users/{user_id}": async () =>
      (await import("../identity/users/update-user.ts")).updateUser,
  },
  beside: {
    "GET /v2.0": async () =>
      (await import("../identity/versions/show-identity-v2.ts")).showIdentityV2,
    "GET /v2.0/tenants": async () =>
      (await import("../identity/projects/list-tenants.ts")).listTenants,
    "POST /v2.0/tokens": null,
    "GET /v3": async () =>
      (await import("../identity/versions/show-identity-v3.ts")).showIdentityV3,
    "DELETE /v3/auth/tokens": async () =>
      (await import("../identity/tokens/revoke-token.ts")).revokeToken,
    "GET /v3/auth/tokens": async () => (await import("../identity/tokens/show-token.ts")).showToken,
    "HEAD /v3/auth/tokens": async () =>
      (await import("../identity/tokens/check-token.ts")).checkToken,
    "POST /v3/auth/tokens": null,
  },
} satisfies Annex;

export const handler = annex(identityAnnex);
