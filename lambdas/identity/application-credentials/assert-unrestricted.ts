import { notFound } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import { forbidden } from "../faults.ts";
import type { Caller } from "../model/identity.ts";
import {
  type ApplicationCredential,
  applicationCredentialsIn,
} from "../repositories/application-credentials.ts";

/** A restricted application credential cannot manage others. */
export function assertUnrestricted({ credential }: Caller): void {
  if (!credential || credential.unrestricted) return;
  throw forbidden(
    "Using method 'application_credential' is not allowed for managing additional application credentials.",
  );
}

/** @calls GetItem */
export async function credentialOf(
  records: Records,
  {
    user_id: user,
    application_credential_id: id,
  }: Record<"user_id" | "application_credential_id", string>,
): Promise<ApplicationCredential> {
  const found = await applicationCredentialsIn(records).findById(id);
  if (found?.user !== user) throw notFound("application_credential", id);
  return found;
}
