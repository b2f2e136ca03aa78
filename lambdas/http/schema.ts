/** The part of JSON Schema that Nova's request schemas use, in the order it is to be checked. */
export interface Schema {
  readonly type?: TypeName | readonly TypeName[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly format?: Format;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export type TypeName = "object" | "array" | "string" | "integer" | "number" | "boolean" | "null";

export type Format = "name" | "uuid" | "ipv4" | "ipv6" | "base64" | "regex" | "date-time";
