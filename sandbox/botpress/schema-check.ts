import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { JsonSchema } from './definition'

const strictAjv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
const fillingAjv = new Ajv({ strict: false, validateFormats: false, useDefaults: true })

const cached = (compile: (schema: JsonSchema) => ValidateFunction): ((schema: JsonSchema) => ValidateFunction) => {
  const cache = new WeakMap<JsonSchema, ValidateFunction>()
  return (schema) => {
    const known = cache.get(schema)
    if (known) return known
    const validate = compile(schema)
    cache.set(schema, validate)
    return validate
  }
}

const strict = cached((schema) => strictAjv.compile(schema))
const tolerant = cached((schema) => strictAjv.compile(openObjects(schema) as JsonSchema))
const filling = cached((schema) => fillingAjv.compile(schema))

/** What is wrong with the value, or undefined. Names positions and rules, never values. */
export const findMismatch = (
  schema: JsonSchema,
  value: unknown,
  unknownFields: 'refused' | 'allowed' = 'refused',
): string | undefined => {
  const validate = (unknownFields === 'refused' ? strict : tolerant)(schema)
  return validate(value) ? undefined : describe(validate.errors ?? [])
}

/** A copy of the value with the schema's defaults filled in. */
export const fillDefaults = (schema: JsonSchema, value: unknown): unknown => {
  const copy: unknown = structuredClone(value)
  filling(schema)(copy)
  return copy
}

const describe = (errors: ErrorObject[]): string =>
  errors
    .slice(0, 5)
    .map((error) => {
      const field = (error.params as { additionalProperty?: string }).additionalProperty
      return `${error.instancePath || '/'} ${error.message ?? error.keyword}${field ? ` (${field})` : ''}`
    })
    .join('; ')

const openObjects = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(openObjects)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(key === 'additionalProperties' && value === false))
      .map(([key, value]) => [key, openObjects(value)]),
  )
}
