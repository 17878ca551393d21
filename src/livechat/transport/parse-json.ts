import type * as z from 'zod/v4-mini'
import { notJson } from '../errors'

/** Parses JSON text into a value of `schema`, or names the paths that do not fit. An empty text counts as `{}`. */
export const parseJson = <T extends z.ZodMiniType>(
  schema: T,
  json: string,
): { ok: true; value: z.infer<T> } | { ok: false; paths: string[] } => {
  let raw: unknown
  try {
    raw = json === '' ? {} : JSON.parse(json)
  } catch {
    return { ok: false, paths: [notJson] }
  }
  const parsed = schema.safeParse(raw)
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, paths: parsed.error.issues.map((issue) => issue.path.join('.') || '(root)') }
}
