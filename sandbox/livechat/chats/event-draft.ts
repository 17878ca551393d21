import { z } from 'zod'
import { ApiError, parseFields } from '../errors'
import type { StoredFile, Visibility } from '../model'
import type { World } from '../world'
import { imageFields, keepFile, liveFile } from '../cdn'

const MAX_TEXT_BYTES = 16 * 1024

const properties = z.record(z.record(z.unknown()))
const common = {
  custom_id: z.string().optional(),
  properties: properties.optional(),
  visibility: z.enum(['all', 'agents']).optional(),
}
const together = (value: { type?: unknown; value?: unknown }): boolean =>
  (value.type === undefined) === (value.value === undefined)

const text = z
  .string()
  .min(1)
  .refine((value) => Buffer.byteLength(value) <= MAX_TEXT_BYTES, `is longer than ${MAX_TEXT_BYTES} bytes`)

const message = z.object({
  ...common,
  type: z.literal('message'),
  text,
  postback: z
    .object({
      id: z.string(),
      thread_id: z.string(),
      event_id: z.string(),
      type: z.string().optional(),
      value: z.string().optional(),
      ecommerce: z.record(z.unknown()).optional(),
    })
    .refine(together, '`type` and `value` only go together')
    .optional(),
})

const file = z.object({
  ...common,
  type: z.literal('file'),
  url: z.string().url(),
  alternative_text: z.string().optional(),
})

const button = z
  .object({
    text: z.string(),
    postback_id: z.string(),
    user_ids: z.array(z.string()),
    type: z.enum(['webview', 'message', 'url', 'phone']).optional(),
    value: z.string().optional(),
    webview_height: z.enum(['compact', 'tall', 'full']).optional(),
    target: z.enum(['new', 'current']).optional(),
  })
  .refine(together, '`type` and `value` only go together')

const richMessage = z.object({
  ...common,
  type: z.literal('rich_message'),
  template_id: z.enum(['cards', 'quick_replies', 'sticker', 'ecommerce']),
  elements: z
    .array(
      z.object({
        title: z.string().optional(),
        subtitle: z.string().optional(),
        image: z.object({ url: z.string() }).passthrough().optional(),
        buttons: z.array(button).max(13).optional(),
        ecommerce: z.record(z.unknown()).optional(),
      }),
    )
    .max(10)
    .optional(),
})

const choice = z.object({
  id: z.union([z.string(), z.number()]),
  label: z.string(),
  group_id: z.number().optional(),
})
const formField = z.object({ type: z.string(), id: z.union([z.string(), z.number()]), label: z.string() })

const filledForm = z.object({
  ...common,
  type: z.literal('filled_form'),
  form_id: z.string(),
  form_type: z.string().optional(),
  fields: z.array(
    formField.extend({ answer: z.union([z.string(), choice]).optional(), answers: z.array(choice).optional() }),
  ),
})

const form = z.object({
  ...common,
  type: z.literal('form'),
  form_id: z.string(),
  form_type: z.string().optional(),
  fields: z.array(formField.extend({ required: z.boolean().optional(), options: z.array(choice).optional() })),
})

const custom = z.object({ ...common, type: z.literal('custom'), content: z.record(z.unknown()).optional() })

const systemMessage = z.object({
  ...common,
  type: z.literal('system_message'),
  system_message_type: z.string(),
  recipients: z.enum(['all', 'agents']).optional(),
  text: z.string().optional(),
  text_vars: z.record(z.unknown()).optional(),
})

/** An event as callers send it. `system` is not among them: only LiveChat makes those. */
export const eventDraft = z.discriminatedUnion('type', [
  message,
  file,
  richMessage,
  filledForm,
  form,
  custom,
  systemMessage,
])

export type EventDraft = z.infer<typeof eventDraft>

/**
 * Checks by which the API refuses an event, besides its fields. Call it for every event before any of them takes
 * effect.
 */
export const checkDraft = (world: World, draft: EventDraft, authorKind: 'customer' | 'agent'): void => {
  if (draft.type === 'file') ownFile(world, draft.url)
  if (authorKind === 'agent') return
  const { refuseSystemMessageFromCustomer, refuseSystemMessageRecipients, refuseFilledFormFromCustomer } = world.knobs
  const message = `event.type: customers cannot send ${draft.type} events`
  if (draft.type === 'system_message') {
    if (refuseSystemMessageFromCustomer) throw new ApiError(refuseSystemMessageFromCustomer, message)
    if (refuseSystemMessageRecipients && draft.recipients !== undefined)
      throw new ApiError('validation', 'event.recipients: unknown field')
  }
  if (draft.type === 'filled_form' && refuseFilledFormFromCustomer) throw new ApiError('validation', message)
}

/** Who sees what a customer sent. All but a system message go to everyone, whatever the customer asks for. */
export const visibilityOfCustomerDraft = ({ knobs }: World, draft: EventDraft): Visibility => {
  if (draft.type !== 'system_message') return 'all'
  if (!knobs.customerSystemMessageSeenByCustomer) return 'agents'
  return draft.recipients ?? knobs.defaultSystemMessageRecipients
}

/** Fields that the stored event has for its type. A file's name and type come from the upload. */
export const contentOf = (world: World, draft: EventDraft): Record<string, unknown> => {
  if (draft.type === 'file') {
    const stored = ownFile(world, draft.url)
    keepFile(stored)
    return {
      name: stored.name,
      url: draft.url,
      content_type: stored.contentType,
      ...imageFields(stored, draft.url, draft.alternative_text),
    }
  }
  const { type: _type, custom_id: _customId, properties: _properties, visibility: _visibility, ...content } = draft
  if (!('recipients' in content)) return content
  const { recipients: _recipients, ...shown } = content
  return shown
}

const ownFile = (world: World, url: string): StoredFile => {
  const parsed = new URL(url)
  const stored = parsed.host === 'cdn.livechat-files.com' ? liveFile(world, parsed.pathname) : undefined
  if (!stored || parsed.protocol !== 'https:') {
    throw new ApiError('validation', 'event.url: must be a URL of a file uploaded to LiveChat')
  }
  return stored
}

export const parseDraft = (value: unknown): EventDraft => parseFields(eventDraft, value)
