import type { SandboxRequest, SandboxResponse } from '../http-server'
import { ApiError } from './errors'
import type { StoredFile } from './model'
import type { World } from './world'
import { imageSize } from './image-size'

const MAX_FILE_BYTES = 10 * 1024 * 1024
const UNUSED_FILE_LIFE_MS = 24 * 3600_000

/** LiveChat publishes no list of the executables it refuses; these are the usual ones. */
const EXECUTABLE = /\.(exe|bat|cmd|com|sh|msi|scr|ps1|vbs|jar|app|dmg|apk|dll)$/i

/** Stores an upload and returns its public address. The file is deleted after a day unless an event uses it. */
export const uploadFile = (world: World, part: { name: string; contentType: string; bytes: Buffer }): string => {
  if (part.bytes.length > MAX_FILE_BYTES) throw new ApiError('entity_too_large')
  if (EXECUTABLE.test(part.name)) throw new ApiError('validation', 'file: executable files are not allowed')
  const path = `/api/file/lc/att/${world.ids.hex(8)}/${world.ids.hex(32)}/${encodeURIComponent(part.name)}`
  world.files.set(path, { ...part, uploadedAtMs: world.clock.nowMs(), isUsed: false })
  const url = `https://cdn.livechat-files.com${path}`
  world.effect('file_uploaded', { url, name: part.name, contentType: part.contentType, bytes: part.bytes.length })
  return url
}

/** The file at a path of the CDN, unless it was deleted because nobody used it. */
export const liveFile = (world: World, path: string): StoredFile | undefined => {
  const stored = world.files.get(path)
  const isDead = stored && !stored.isUsed && stored.uploadedAtMs + UNUSED_FILE_LIFE_MS <= world.clock.nowMs()
  return isDead ? undefined : stored
}

export const keepFile = (stored: StoredFile): void => {
  stored.isUsed = true
}

/** The fields of a file event that describe an image. Files of other kinds have none of them. */
export const imageFields = (
  stored: StoredFile,
  url: string,
  alternativeText: string | undefined,
): Record<string, unknown> => {
  if (!stored.contentType.startsWith('image/')) return {}
  const { width, height } = imageSize(stored.bytes)
  return {
    size: stored.bytes.length,
    width,
    height,
    thumbnail_url: `${url}?thumbnail=1`,
    thumbnail2x_url: `${url}?thumbnail=2`,
    ...(alternativeText === undefined ? {} : { alternative_text: alternativeText }),
  }
}

const AVATAR = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Serves an uploaded file to anyone who knows its address. */
export const serveFile = (world: World, request: SandboxRequest): SandboxResponse => {
  if (request.path.startsWith('/avatars/')) {
    return { status: 200, headers: { 'content-type': 'image/png' }, body: AVATAR }
  }
  const stored = liveFile(world, request.path)
  if (!stored || (request.method !== 'GET' && request.method !== 'HEAD')) {
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'not found' }
  }
  return {
    status: 200,
    headers: { 'content-type': stored.contentType },
    body: request.method === 'HEAD' ? '' : stored.bytes,
    detail: { bytes: stored.bytes.length },
  }
}
