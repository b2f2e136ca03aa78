import type { Keypair } from "../../domain/keypair.ts";
import { micros } from "../times.ts";

/** nova/api/openstack/compute/views/keypairs.py; items of a list are wrapped (E-39). */
export const keypairView = ({ name, publicKey, fingerprint }: Keypair) => ({
  name,
  public_key: publicKey,
  fingerprint,
});

export const createdKeypairView = (keypair: Keypair, privateKey: string | null) => ({
  ...keypairView(keypair),
  user_id: keypair.user,
  ...(privateKey !== null && { private_key: privateKey }),
});

export const shownKeypairView = (keypair: Keypair) => ({
  ...keypairView(keypair),
  user_id: keypair.user,
  created_at: micros(keypair.created),
  deleted: false,
  deleted_at: null,
  id: 1,
  updated_at: null,
});
