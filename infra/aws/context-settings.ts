import type { Domain } from "./domain.ts";
import type { NovalessProps } from "./stack.ts";
import { type Packaging, stageNamed } from "./stages.ts";

/** Names that `-c name=value` accepts. */
export function readContextSettings(context: (name: string) => unknown): NovalessProps {
  const text = (name: string): string | undefined => {
    const value: unknown = context(name);
    return value === undefined || value === "" ? undefined : String(value);
  };
  const stage = stageNamed(text("stage") ?? "dev");
  const zone = text("zone");

  function domain(name: string): Domain | undefined {
    const host = text(name);
    if (host === undefined) return undefined;
    const certificateArn = text(`${name}-certificate`) ?? text("certificate");
    if (certificateArn === undefined)
      throw new Error(`-c ${name}=${host} requires -c certificate=arn:… for that domain.`);
    return { name: host, certificateArn, ...(zone !== undefined && { hostedZoneId: zone }) };
  }

  const settings = {
    packaging: parsePackaging(text("packaging")),
    domain: domain("domain"),
    consoles: domain("consoles"),
    consoleSettings: definedOnly({
      origin: text("console-origin"),
      novncproxyBaseUrl: text("novncproxy-base-url"),
      xvpvncproxyBaseUrl: text("xvpvncproxy-base-url"),
      serialBaseUrl: text("serial-base-url"),
      tokenTtl: text("console-token-ttl"),
      frameAncestors: text("console-frame-ancestors"),
    }),
    rotation: text("rotate"),
    table: text("table"),
    alarmEmail: text("alarm-email"),
    expires: text("expires"),
  };
  return {
    stage: {
      ...stage,
      ...(text("tracing") === "true" && { tracing: true }),
      ...(text("soft-delete") === "true" && { softDelete: true }),
    },
    ...definedOnly(settings),
  };
}

function parsePackaging(name: string | undefined): Packaging | undefined {
  if (name === undefined || name === "per-operation" || name === "single") return name;
  throw new Error(`Unknown packaging "${name}": expected per-operation or single.`);
}

/** Drops undefined members, which CDK and exact optional types do not accept. */
const definedOnly = <Values extends object>(values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof Values]?: NonNullable<Values[Name]>;
  };
