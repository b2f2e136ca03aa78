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
import { type Claims, domain as home, type Named, type Project } from "../model/identity.ts";

/** An Ed25519 key as RFC 8037 writes it; `d` is the private part. */
export interface Jwk {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  readonly x: string;
  readonly d?: string;
}

/** How many tokens a process remembers having verified, which costs 150 µs each. */
const remembered = 1_000;

/**
 * Tokens as signed JSON Web Tokens: `alg` is pinned, the header of each known key is compared byte
 * for byte and never parsed. Only the issuing function needs `signing`.
 */
export function tokensWith(verifying: readonly Jwk[], signing: () => Promise<Jwk>): Tokens {
  const keys = new Map(verifying.map((jwk) => [headerOf(jwk), publicKey(jwk)]));
  const known = new Map<string, Claims>();
  const signers = new WeakMap<Jwk, KeyObject>();

  return {
    verify(token, now) {
      const claims = known.get(token) ?? opened(token, keys);
      if (!claims || claims.expires <= now) return null;
      if (!known.has(token)) {
        if (known.size >= remembered) known.delete(known.keys().next().value ?? "");
        known.set(token, claims);
      }
      return claims;
    },

    async issue(claims) {
      const jwk = await signing();
      const key = signers.get(jwk) ?? createPrivateKey({ key: { ...jwk }, format: "jwk" });
      signers.set(jwk, key);
      const text = `${headerOf(jwk)}.${base64url(JSON.stringify(packed(claims)))}`;
      return `${text}.${sign(null, Buffer.from(text), key).toString("base64url")}`;
    },
  };
}

/** The key's id is its fingerprint, so that keys can be rotated without naming them. */
const headerOf = ({ x }: Jwk): string => {
  const kid = createHash("sha256").update(x).digest("hex").slice(0, 8);
  return base64url(JSON.stringify({ alg: "EdDSA", kid }));
};

const publicKey = ({ kty, crv, x }: Jwk): KeyObject =>
  createPublicKey({ key: { kty, crv, x }, format: "jwk" });

const base64url = (text: string) => Buffer.from(text).toString("base64url");

function opened(token: string, keys: ReadonlyMap<string, KeyObject>): Claims | null {
  const [header = "", payload = "", signature = "", ...more] = token.split(".");
  const key = keys.get(header);
  if (!key || more.length > 0 || !/^[\w-]{86}$/.test(signature)) return null;
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify(null, signed, key, Buffer.from(signature, "base64url"))) return null;
  return unpacked(JSON.parse(Buffer.from(payload, "base64url").toString()));
}

/**
 * Times in seconds, as JWT has them; fractions are allowed (RFC 7519 §2). What is as it nearly always
 * is stays unsaid: a token goes with every request.
 */
const packed = (claims: Claims) => ({
  jti: claims.id,
  sub: claims.user.id,
  name: claims.user.name,
  udom: unlessHome(claims.user.domain),
  pid: claims.project?.id,
  pname: claims.project?.name,
  pdom: unlessHome(claims.project?.domain),
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

/** Trusted: the signature over it has been checked. */
const unpacked = (payload: ReturnType<typeof packed>): Claims => ({
  id: payload.jti,
  user: inDomain(payload.sub, payload.name, payload.udom),
  project:
    payload.pid === undefined
      ? null
      : inDomain(payload.pid, payload.pname ?? payload.pid, payload.pdom),
  roles: payload.roles,
  ...(payload.rids && { otherRoles: payload.rids }),
  ...(payload.dom && { domain: named(payload.dom) }),
  ...(payload.sys && { system: payload.sys }),
  ...(payload.app !== undefined && {
    credential: { id: payload.app, unrestricted: payload.free === true },
  }),
  methods: payload.amr,
  issued: instant(payload.iat),
  expires: instant(payload.exp),
});

const unlessHome = (domain: Named = home): string[] | undefined =>
  domain.id === home.id && domain.name === home.name ? undefined : [domain.id, domain.name];

const named = ([id = "", name = id]: readonly string[]): Named => ({ id, name });

const inDomain = (id: string, name: string, domain?: readonly string[]): Project => ({
  id,
  name,
  ...(domain && { domain: named(domain) }),
});

const instant = (secondsSinceEpoch: number): Instant => Math.round(secondsSinceEpoch * 1_000);
