import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import type { Instant } from "../../core/instant.ts";
import type { Tokens } from "../../http/environment.ts";
import {
  type Claims,
  defaultDomain as home,
  type NamedRef,
  type Project,
} from "../model/identity.ts";

/** Ed25519 (RFC 8037); `d` is the private part. */
export interface Jwk {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  readonly x: string;
  readonly d?: string;
}

/** Verifying a token takes 150 µs. */
const verifiedCacheSize = 1_000;

/**
 * `alg` is pinned: headers are compared with known ones and never parsed. Only issuing functions
 * pass `getSigningKey`.
 */
export function createTokens(
  publicKeys: readonly Jwk[],
  getSigningKey: () => Promise<Jwk>,
): Tokens {
  const keys = new Map(publicKeys.map((jwk) => [jwsHeader(jwk), toPublicKey(jwk)]));
  const cache = new Map<string, Claims>();
  const signers = new WeakMap<Jwk, KeyObject>();

  return {
    verify(token, now) {
      const claims = cache.get(token) ?? verifyJws(token, keys);
      if (!claims || claims.expires <= now) return null;
      if (!cache.has(token)) {
        if (cache.size >= verifiedCacheSize) cache.delete(cache.keys().next().value ?? "");
        cache.set(token, claims);
      }
      return claims;
    },

    async issue(claims) {
      const jwk = await getSigningKey();
      const key = signers.get(jwk) ?? createPrivateKey({ key: { ...jwk }, format: "jwk" });
      signers.set(jwk, key);
      const text = `${jwsHeader(jwk)}.${toBase64url(JSON.stringify(encodeClaims(claims)))}`;
      return `${text}.${sign(null, Buffer.from(text), key).toString("base64url")}`;
    },
  };
}

/** The key's id is its fingerprint. */
const jwsHeader = ({ x }: Jwk): string => {
  const kid = createHash("sha256").update(x).digest("hex").slice(0, 8);
  return toBase64url(JSON.stringify({ alg: "EdDSA", kid }));
};

const toPublicKey = ({ kty, crv, x }: Jwk): KeyObject =>
  createPublicKey({ key: { kty, crv, x }, format: "jwk" });

const toBase64url = (text: string) => Buffer.from(text).toString("base64url");

function verifyJws(token: string, keys: ReadonlyMap<string, KeyObject>): Claims | null {
  const [header = "", payload = "", signature = "", ...more] = token.split(".");
  const key = keys.get(header);
  if (!key || more.length > 0 || !/^[\w-]{86}$/.test(signature)) return null;
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify(null, signed, key, Buffer.from(signature, "base64url"))) return null;
  return decodeClaims(JSON.parse(Buffer.from(payload, "base64url").toString()));
}

/**
 * Seconds; fractions are allowed (RFC 7519 §2). Leaves out defaults, because a token goes with
 * every request.
 */
const encodeClaims = (claims: Claims) => ({
  jti: claims.id,
  sub: claims.user.id,
  name: claims.user.name,
  udom: omitDefaultDomain(claims.user.domain),
  pid: claims.project?.id,
  pname: claims.project?.name,
  pdom: omitDefaultDomain(claims.project?.domain),
  dom: claims.domain && [claims.domain.id, claims.domain.name],
  sys: claims.system,
  roles: claims.roles,
  rids: claims.otherRoles,
  app: claims.credential?.id,
  free: claims.credential?.unrestricted ? (true as const) : undefined,
  amr: claims.methods,
  iat: claims.issued / 1_000,
  exp: claims.expires / 1_000,
});

/** The signature has been verified. */
const decodeClaims = (payload: ReturnType<typeof encodeClaims>): Claims => ({
  id: payload.jti,
  user: decodeProject(payload.sub, payload.name, payload.udom),
  project:
    payload.pid === undefined
      ? null
      : decodeProject(payload.pid, payload.pname ?? payload.pid, payload.pdom),
  roles: payload.roles,
  ...(payload.rids && { otherRoles: payload.rids }),
  ...(payload.dom && { domain: toNamedRef(payload.dom) }),
  ...(payload.sys && { system: payload.sys }),
  ...(payload.app !== undefined && {
    credential: { id: payload.app, unrestricted: payload.free === true },
  }),
  methods: payload.amr,
  issued: toInstant(payload.iat),
  expires: toInstant(payload.exp),
});

const omitDefaultDomain = (domain: NamedRef = home): string[] | undefined =>
  domain.id === home.id && domain.name === home.name ? undefined : [domain.id, domain.name];

const toNamedRef = ([id = "", name = id]: readonly string[]): NamedRef => ({ id, name });

const decodeProject = (id: string, name: string, domain?: readonly string[]): Project => ({
  id,
  name,
  ...(domain && { domain: toNamedRef(domain) }),
});

const toInstant = (secondsSinceEpoch: number): Instant => Math.round(secondsSinceEpoch * 1_000);
