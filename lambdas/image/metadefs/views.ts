const textProperty = (description: string, more: Readonly<Record<string, unknown>> = {}) => ({
  type: "string",
  description,
  ...more,
});

const dates = {
  created_at: textProperty("Date and time of namespace creation", {
    readOnly: true,
    format: "date-time",
  }),
  updated_at: textProperty("Date and time of the last namespace modification", {
    readOnly: true,
    format: "date-time",
  }),
  schema: { type: "string", readOnly: true },
  self: { type: "string", readOnly: true },
};

/** glance/api/v2/metadef_namespaces.py get_schema. */
const namespaceSchema = {
  name: "namespace",
  properties: {
    namespace: textProperty("The unique namespace text.", { maxLength: 80 }),
    display_name: textProperty(
      "The user friendly name for the namespace. Used by UI if available.",
      {
        maxLength: 80,
      },
    ),
    description: textProperty("Provides a user friendly description of the namespace.", {
      maxLength: 500,
    }),
    visibility: textProperty("Scope of namespace accessibility.", { enum: ["public", "private"] }),
    protected: { type: "boolean", description: "If true, namespace will not be deletable." },
    owner: textProperty("Owner of the namespace.", { maxLength: 255 }),
    ...dates,
    resource_type_associations: {
      type: "array",
      items: { type: "object", properties: { name: { type: "string" } } },
    },
    properties: { type: "object" },
    objects: { type: "array" },
    tags: { type: "array" },
  },
  additionalProperties: false,
  required: ["namespace"],
};

/** glance/api/v2/metadef_resource_types.py get_schema. */
const resourceTypeSchema = {
  name: "resource_type_association",
  properties: {
    name: textProperty(
      "Resource type names should be aligned with Heat resource types whenever possible",
      {
        maxLength: 80,
      },
    ),
    prefix: textProperty("Specifies the prefix to use for the given resource type.", {
      maxLength: 80,
    }),
    properties_target: textProperty(
      "Some resource types allow more than one key / value pair per instance.",
      { maxLength: 80 },
    ),
    created_at: dates.created_at,
    updated_at: dates.updated_at,
  },
  additionalProperties: false,
  required: ["name"],
};

export const metadefSchemas: Readonly<Record<string, unknown>> = {
  namespace: namespaceSchema,
  resource_type: resourceTypeSchema,
};

export const metadefNamespacesView = () => ({
  first: "/v2/metadefs/namespaces",
  namespaces: [],
  schema: "/v2/schemas/metadefs/namespaces",
});

export const metadefResourceTypesView = () => ({ resource_types: [] });
