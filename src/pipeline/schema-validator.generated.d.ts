/** Types of the validator that scripts/generate makes. */

/** An error as ajv reports it. */
export interface SchemaError {
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
}

/** Whether a value is a pipeline file by the schema; when not, `errors` says why. */
export const validate: {
  (value: unknown): boolean
  errors?: readonly SchemaError[] | null
}
