import { z } from 'zod'
import { BotpressApiError } from '../errors'
import { fileUrls } from '../file-host'
import type { StoredFile } from '../objects'
import { hasTags, mergeTags } from '../tags'
import { toWireFile } from '../wire'
import { stamp } from '../world'
import { mustFind, parseBody, payloadSchema, tagsOfQuery, tagsSchema, type ApiCall, type Route } from './call'
import { pageOf } from './paging'

/** The quota of a workspace by default. The API itself takes up to 1 GB. */
const QUOTA_BYTES = 100 * 1024 ** 2
const MAX_EXPIRY_MS = 90 * 24 * 3_600_000

const accessPolicies = z.array(z.enum(['public_content', 'integrations']))
const expiresAt = z.string().datetime({ offset: true })

const upsertSchema = z
  .object({
    key: z.string().min(1).max(500),
    size: z
      .number()
      .int()
      .nonnegative()
      .max(1024 ** 3),
    tags: tagsSchema.optional(),
    index: z.boolean().optional(),
    indexing: z.record(z.unknown()).optional(),
    accessPolicies: accessPolicies.optional(),
    contentType: z.string().optional(),
    expiresAt: expiresAt.optional(),
    publicContentImmediatelyAccessible: z.boolean().optional(),
    metadata: payloadSchema.optional(),
  })
  .strict()

const updateSchema = z
  .object({
    metadata: payloadSchema.optional(),
    tags: z.record(z.string().nullable()).optional(),
    accessPolicies: accessPolicies.optional(),
    expiresAt: expiresAt.nullable().optional(),
  })
  .strict()

const expiryOf = ({ world }: ApiCall, text: string | null | undefined): number | null => {
  if (text === undefined || text === null) return null
  const timeMs = Date.parse(text)
  if (timeMs > world.clock.nowMs() + MAX_EXPIRY_MS) {
    throw new BotpressApiError('InvalidPayload', 'expiresAt is more than 90 days ahead')
  }
  return timeMs
}

const toWire = (call: ApiCall, file: StoredFile, withUpload = false) => {
  const { url, uploadUrl } = fileUrls(call.world, file, call.filesOrigin)
  const owner = { botId: call.instance.botId, integration: call.world.definition.name }
  return toWireFile(file, withUpload ? { url, uploadUrl } : { url }, owner)
}

const upsert = (call: ApiCall): StoredFile => {
  const { world, instance } = call
  const input = parseBody(upsertSchema, call.body)
  if (input.size > QUOTA_BYTES) throw new BotpressApiError('QuotaExceeded', 'The file is larger than the quota allows')
  const replaced = [...instance.store.files.values()].find((file) => file.key === input.key)
  const file: StoredFile = {
    ...stamp(world, 'file'),
    ...(replaced ? { id: replaced.id, seq: replaced.seq, createdAtMs: replaced.createdAtMs } : {}),
    key: input.key,
    declaredSize: input.size,
    contentType: input.contentType ?? 'application/octet-stream',
    tags: input.tags ?? {},
    metadata: input.metadata ?? {},
    accessPolicies: input.accessPolicies ?? [],
    isImmediatelyAccessible: input.publicContentImmediatelyAccessible ?? false,
    index: input.index ?? false,
    expiresAtMs: expiryOf(call, input.expiresAt),
    uploadToken: world.ids.uuid(),
  }
  instance.store.files.set(file.id, file)
  return file
}

const findFile = ({ instance, params }: ApiCall): StoredFile => {
  const { id = '' } = params
  const byKey = [...instance.store.files.values()].find((file) => file.key === id)
  return mustFind(instance.store.files.get(id) ?? byKey, 'File', id)
}

export const fileRoutes: Route[] = [
  {
    method: 'PUT',
    path: '/v1/files',
    handle: (call) => {
      const file = upsert(call)
      return { body: { file: toWire(call, file, true) }, detail: { id: file.id } }
    },
  },
  {
    method: 'GET',
    path: '/v1/files',
    handle: (call) => {
      const tags = tagsOfQuery(call.query)
      const ids = call.query.getAll('ids')
      const { items, meta } = pageOf(
        call,
        [...call.instance.store.files.values()].filter(
          (file) => hasTags(file.tags, tags) && (ids.length === 0 || ids.includes(file.id)),
        ),
      )
      return { body: { files: items.map((file) => toWire(call, file)), meta } }
    },
  },
  {
    method: 'GET',
    path: '/v1/files/:id',
    handle: (call) => ({ body: { file: toWire(call, findFile(call)) }, detail: { id: call.params.id } }),
  },
  {
    method: 'PUT',
    path: '/v1/files/:id',
    handle: (call) => {
      const changes = parseBody(updateSchema, call.body)
      const file = findFile(call)
      if (changes.metadata) file.metadata = changes.metadata
      if (changes.tags) {
        const tags = Object.entries(changes.tags).map(([key, value]) => [key, value ?? ''])
        file.tags = mergeTags(file.tags, Object.fromEntries(tags) as Record<string, string>)
      }
      if (changes.accessPolicies) file.accessPolicies = changes.accessPolicies
      if (changes.expiresAt !== undefined) file.expiresAtMs = expiryOf(call, changes.expiresAt)
      file.updatedAtMs = call.world.clock.nowMs()
      return { body: { file: toWire(call, file) }, detail: { id: file.id } }
    },
  },
  {
    method: 'DELETE',
    path: '/v1/files/:id',
    handle: (call) => {
      call.instance.store.files.delete(findFile(call).id)
      return { body: {}, detail: { id: call.params.id } }
    },
  },
]
