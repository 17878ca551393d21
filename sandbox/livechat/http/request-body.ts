import type { SandboxRequest } from '../../http-server'
import { uploadFile } from '../cdn'
import { ApiError } from '../errors'
import type { World } from '../world'
import { parseMultipart } from './multipart'

/** The JSON object in the body. An empty body is refused, because callers are told to send `{}`. */
export const jsonObject = (request: SandboxRequest): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Refused below, like every other body that is not an object.
  }
  throw new ApiError('validation')
}

/** `upload_file` of both chat APIs: multipart with one field `file`. */
export const uploadFromRequest = (world: World, request: SandboxRequest): { url: string } => {
  const parts = parseMultipart(request.headers['content-type'], request.body)
  if (!parts) throw new ApiError('validation', 'body: must be multipart/form-data')
  const file = parts.find((part) => part.field === 'file' && part.name !== undefined)
  if (!file) throw new ApiError('validation', 'file: Required')
  return { url: uploadFile(world, { name: file.name ?? 'file', contentType: file.contentType, bytes: file.bytes }) }
}
