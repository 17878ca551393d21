import { z } from 'zod'
import { ApiError } from './errors'
import type { Properties, RegisteredProperty } from './model'
import type { World } from './world'

export type PropertyLocation = 'chat' | 'thread' | 'event'
type AccessText = '' | 'r' | 'w' | 'rw'
type Known = Partial<Record<PropertyLocation, { customer: AccessText; agent: AccessText }>>

const both: { customer: AccessText; agent: AccessText } = { customer: 'rw', agent: 'rw' }
const readOnly: { customer: AccessText; agent: AccessText } = { customer: 'r', agent: 'r' }
const customerOnly: { customer: AccessText; agent: AccessText } = { customer: 'rw', agent: 'r' }
const anywhere: Known = { chat: both, thread: both, event: both }
const rating: Known = { chat: customerOnly, thread: customerOnly, event: customerOnly }

/** Properties that every license has, as far as the documents list them for these tokens. */
const KNOWN: Record<string, Known> = {
  'routing.ignore_bots': { thread: { customer: 'w', agent: 'r' } },
  'routing.ignore_agents_routing': { chat: both },
  'routing.email_follow_up': { chat: customerOnly },
  'routing.offline_message': { thread: customerOnly },
  'routing.transcript_email': { thread: customerOnly },
  'routing.pinned': { chat: { customer: 'r', agent: 'rw' } },
  'routing.continuous': { chat: readOnly, thread: readOnly },
  'routing.start_url': { thread: readOnly },
  'source.client_id': { chat: readOnly, thread: readOnly, event: readOnly },
  'source.customer_client_id': { chat: readOnly, thread: readOnly },
  'status.delivered': { event: both },
  'chats.formatting': { event: both },
  'rating.score': rating,
  'rating.comment': rating,
  'lc2.welcome_message': { event: readOnly },
  'chats.welcome_message_source': { event: readOnly },
  'test.string_property': anywhere,
  'test.int_property': anywhere,
  'test.bool_property': anywhere,
  'test.tokenized_string_property': anywhere,
}

export const propertiesField = z.record(z.record(z.unknown()))
export const propertyNamesField = z.record(z.array(z.string()))

type Writer = { kind: 'customer' | 'agent'; clientId: string | undefined }

/** Refuses properties that do not exist or that this user may not write there. */
export const checkWritable = (
  world: World,
  properties: Properties | Record<string, string[]> | undefined,
  location: PropertyLocation,
  writer: Writer,
): void => {
  for (const [namespace, values] of Object.entries<Record<string, unknown> | string[]>(properties ?? {})) {
    for (const name of namesIn(values)) {
      checkOne(world, `${namespace}.${name}`, location, writer)
    }
  }
}

const namesIn = (values: Record<string, unknown> | string[]): string[] =>
  Array.isArray(values) ? values : Object.keys(values)

const checkOne = (world: World, fullName: string, location: PropertyLocation, writer: Writer): void => {
  const registered = world.registeredProperties.get(fullName)
  const usable = registered && (registered.isPublished || registered.namespace === writer.clientId)
  const access = usable ? registeredAccess(registered, location, writer) : KNOWN[fullName]?.[location]?.[writer.kind]
  if (access === undefined) throw new ApiError('validation', `properties: ${fullName} does not exist for a ${location}`)
  if (!access.includes('w')) throw new ApiError('authorization', `properties: ${fullName} may not be written`)
}

const registeredAccess = (
  property: RegisteredProperty,
  location: PropertyLocation,
  writer: Writer,
): string | undefined => property.access[location]?.[writer.kind]?.map((right) => right.charAt(0)).join('')
