import { z } from 'zod'
import type { NewCause } from '../causes'
import { ControlError } from '../errors'
import type { Answer, Call, Method } from '../http'

/** `cause`: what the call is, for the ledger, where it sets something off. `run` gets its number. */
export type Route = {
  method: Method
  path: string
  cause?: (call: Call) => NewCause
  run: (call: Call, cause: number) => Answer | Promise<Answer>
}

export const done: Answer = { json: { ok: true } }

export const agentId = z.string().email()
export const text = z.string().min(1)

/** The body of a call. Throws what the caller must correct. */
export const read = <Schema extends z.ZodTypeAny>(call: Call, schema: Schema): z.infer<Schema> => {
  const result = schema.safeParse(parseJson(call.body))
  if (result.success) return result.data as z.infer<Schema>
  const [issue] = result.error.issues
  throw new ControlError(400, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not understood'}`)
}

const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new ControlError(400, 'The body is not JSON')
  }
}

export const param = (call: Call, name: string): string => call.params[name] ?? ''

export const fileOf = ({ query, body, contentType }: Call): { name: string; contentType: string; bytes: Buffer } => {
  const name = query.get('name')
  if (!name) throw new ControlError(400, 'A file needs a name: add ?name= to the address')
  if (body.length === 0) throw new ControlError(400, `The file "${name}" is empty. Choose another one.`)
  return { name, contentType, bytes: body }
}
