/** Types of the validator that scripts/generate makes. */

/** The part of the schema in which an error lies. */
export interface PartOfSchema {
  readonly title?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, unknown>>
  readonly propertyNames?: { readonly pattern: string }
}

/** An error as ajv reports it. */
export interface SchemaError {
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly propertyName?: string
  readonly parentSchema: PartOfSchema
  readonly data: unknown
}

/** Whether a value is a pipeline file by the schema; when not, `errors` says why. */
export const validate: {
  (value: unknown): boolean
  errors?: readonly SchemaError[] | null
}
