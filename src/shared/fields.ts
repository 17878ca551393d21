/** Whether a value from outside has fields. A list has none. */
export const hasFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The fields of a value from outside, which may hold anything. Empty if the value is no object, or is a list. */
export const fieldsOf = (value: unknown): Record<string, unknown> => (hasFields(value) ? { ...value } : {})
