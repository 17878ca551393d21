import type { IntegrationDefinition, z } from '@botpress/sdk'

export type JsonSchema = {
  [keyword: string]: unknown
  type?: string
  title?: string
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  anyOf?: JsonSchema[]
  'x-zui'?: { title?: string; secret?: boolean }
}

type Texts = { title?: string; description?: string }
type Tags = { tags?: Record<string, Texts> }
type Attributes = { attributes?: Record<string, string> }
type WithSchema = { schema: JsonSchema }

export type EventJson = Texts & Attributes & WithSchema
export type ActionJson = Texts & Attributes & { input: WithSchema; output: WithSchema }
export type ChannelJson = Texts & { messages: Record<string, WithSchema>; message?: Tags; conversation?: Tags }
export type InterfaceJson = {
  name: string
  version: string
  entities: Record<string, { name: string }>
  actions: Record<string, { name: string }>
  events: Record<string, { name: string }>
  channels: Record<string, { name: string }>
}

/** What the Botpress CLI sends at deploy and prints with `bp read --json`, apart from icon, readme and code. */
export type DefinitionJson = Texts &
  Attributes & {
    name: string
    version: string
    icon?: string
    readme?: string
    configuration?: WithSchema
    configurations?: Record<string, Texts & WithSchema>
    user?: Tags
    states?: Record<string, WithSchema & { type: 'conversation' | 'user' | 'integration' }>
    events?: Record<string, EventJson>
    actions?: Record<string, ActionJson>
    channels?: Record<string, ChannelJson>
    entities?: Record<string, Texts & WithSchema>
    interfaces?: Record<string, InterfaceJson>
    secrets?: Record<string, { optional?: boolean; description?: string }>
  }

/** The definition with every schema as JSON Schema. */
export const definitionJson = (definition: IntegrationDefinition): DefinitionJson => {
  const { name, version, title, description, icon, readme, attributes, user, interfaces, secrets } = definition
  const { configuration, configurations, states, events, actions, channels, entities } = definition
  const json = {
    ...{ name, version, title, description, icon, readme, attributes, user, interfaces, secrets },
    configuration: configuration && withSchema(configuration),
    configurations: mapValues(configurations, withSchema),
    states: mapValues(states, withSchema),
    events: mapValues(events, withSchema),
    actions: mapValues(actions, (action) => ({
      ...action,
      input: withSchema(action.input),
      output: withSchema(action.output),
    })),
    channels: mapValues(channels, (channel) => ({ ...channel, messages: mapValues(channel.messages, withSchema) })),
    entities: mapValues(entities, withSchema),
  }
  // As it is sent: absent fields are left out.
  return JSON.parse(JSON.stringify(json)) as DefinitionJson
}

const withSchema = <T extends { schema: z.ZodTypeAny }>(part: T): Omit<T, 'schema'> & WithSchema => {
  const schema: unknown = part.schema.toJSONSchema()
  return { ...part, schema: schema as JsonSchema }
}

const mapValues = <T, R>(record: Record<string, T> | undefined, map: (value: T) => R): Record<string, R> | undefined =>
  record && Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
