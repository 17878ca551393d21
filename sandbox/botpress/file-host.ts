import type { SandboxRequest, SandboxResponse } from '../http-server'
import type { StoredFile } from './objects'
import { effect, type PublicFile, type World } from './world'

export const FILE_HOST = 'files.bpcontent.cloud'
/** Where Telegram keeps what its users send. The channel passes these addresses on as they are. */
export const TELEGRAM_HOST = 'api.telegram.org'

const UPLOAD = '/_uploads/'
const PRIVATE = '/_private/'
const PUBLIC = '/public/'
const END_USER = '/shared/'
const TELEGRAM = '/file/'

/** The addresses where a stored file is uploaded and read. */
export const fileUrls = (world: World, file: StoredFile, origin: string): { url: string; uploadUrl: string } => {
  const name = encodeURIComponent(file.key.split('/').at(-1) ?? file.key)
  const isPublic = file.accessPolicies.includes('public_content')
  const untilMs = world.clock.nowMs() + world.knobs.privateFileUrlMs
  return {
    url: isPublic
      ? `${origin}${PUBLIC}${file.id}/${name}`
      : `${origin}${PRIVATE}${file.id}?expires=${untilMs}&signature=${file.uploadToken.slice(0, 12)}`,
    uploadUrl: `${origin}${UPLOAD}${file.uploadToken}`,
  }
}

/** Stores a file that an end user sent through their channel, public at once. Returns its url. */
export const addPublicFile = (world: World, file: PublicFile): string => {
  const path = `${END_USER}${world.ids.uuid()}/${encodeURIComponent(file.name)}`
  world.publicFiles.set(path, file)
  return `https://${FILE_HOST}${path}`
}

/** As `addPublicFile`, under an address like those of Telegram: with the token of the bot, which is a secret. */
export const addTelegramFile = (world: World, file: PublicFile): string => {
  const path = `${TELEGRAM}bot10000001:${world.ids.uuid().replaceAll('-', '')}/documents/${encodeURIComponent(file.name)}`
  world.publicFiles.set(path, file)
  return `https://${TELEGRAM_HOST}${path}`
}

export const isFilePath = (path: string): boolean =>
  [UPLOAD, PRIVATE, PUBLIC, END_USER, TELEGRAM].some((prefix) => path.startsWith(prefix))

export const fileRouteName = ({ method, path }: SandboxRequest): string =>
  path.startsWith(UPLOAD) ? `${method} files/upload` : `${method} files/content`

export const handleFileRequest = (world: World, request: SandboxRequest): SandboxResponse => {
  const { method, path } = request
  if (path.startsWith(UPLOAD)) return method === 'PUT' ? storeContent(world, request) : { status: 405 }
  if (method !== 'GET' && method !== 'HEAD') return { status: 405 }
  const shared = world.publicFiles.get(path)
  if (shared) return content(shared.contentType, shared.bytes)
  const file = findById(world, path.split('/')[2] ?? '')
  if (!file?.content) return { status: 404, body: 'not found' }
  const mayRead = path.startsWith(PRIVATE) ? isSigned(world, file, request) : isPublicNow(world, file)
  return mayRead ? content(file.contentType, file.content.bytes) : { status: 403, body: 'access denied' }
}

const content = (contentType: string, bytes: Buffer): SandboxResponse => ({
  status: 200,
  headers: { 'content-type': contentType },
  body: bytes,
})

const files = function* (world: World): Generator<StoredFile> {
  for (const instance of world.instances.values()) yield* instance.store.files.values()
}

const findById = (world: World, id: string): StoredFile | undefined => {
  for (const file of files(world)) {
    if (file.id === id && (file.expiresAtMs === null || file.expiresAtMs > world.clock.nowMs())) return file
  }
  return undefined
}

const isSigned = (world: World, file: StoredFile, { query }: SandboxRequest): boolean =>
  query.get('signature') === file.uploadToken.slice(0, 12) && Number(query.get('expires')) > world.clock.nowMs()

// A public file opens after a delay, unless the request for the upload and the upload itself both asked for it to open
// at once.
const isPublicNow = (world: World, file: StoredFile): boolean => {
  if (!file.content || !file.accessPolicies.includes('public_content')) return false
  if (file.isImmediatelyAccessible && file.content.isTaggedPublic) return true
  return world.clock.nowMs() >= file.content.storedAtMs + world.knobs.publicFileDelayMs
}

const storeContent = (world: World, request: SandboxRequest): SandboxResponse => {
  const token = request.path.slice(UPLOAD.length)
  for (const file of files(world)) {
    if (file.uploadToken !== token) continue
    if (request.body.length !== file.declaredSize) return { status: 403, body: 'size differs from the declared one' }
    file.content = {
      bytes: request.body,
      storedAtMs: world.clock.nowMs(),
      isTaggedPublic: request.headers['x-amz-tagging'] === 'public=true',
    }
    effect(world, 'file_stored', { id: file.id, bytes: request.body.length, contentType: file.contentType })
    return { status: 200, detail: { id: file.id } }
  }
  return { status: 403, body: 'unknown upload' }
}
