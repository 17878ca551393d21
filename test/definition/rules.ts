import type { IntegrationDefinition } from '@botpress/sdk'
import { definitionJson, type DefinitionJson, type JsonSchema } from '../../tools/definition-json'
import { fileViolations } from './file-rules'
import { hitlViolations } from './hitl-rules'

/**
 * Reasons why this definition could not be deployed or published, or would not pass `bp lint`: errors and warnings, and
 * the platform's limits, which the linter does not check. Files are looked for in `root`. Empty if all is well.
 */
export const findViolations = (definition: IntegrationDefinition, root: string): string[] => {
  const json = definitionJson(definition)
  return [
    ...missingTexts(json),
    ...longTexts(json),
    ...tooMany(json),
    ...wrongNames(json),
    ...largeSchemas(json),
    ...configurationViolations(json),
    ...ownEventViolations(json),
    ...deprecatedParts(definition),
    ...hitlViolations(json),
    ...fileViolations(json, root),
  ]
}

type Texts = { title?: string; description?: string }
type Place = { where: string; texts: Texts }

const entries = <T>(record: Record<string, T> | undefined): [string, T][] => Object.entries(record ?? {})

const interfaceParts = (json: DefinitionJson, kind: 'actions' | 'events'): Set<string> =>
  new Set(entries(json.interfaces).flatMap(([, { [kind]: parts }]) => Object.values(parts).map((part) => part.name)))

/** Parts that have a title and a description of their own, including those of interfaces. */
const titledPlaces = (json: DefinitionJson): Place[] => [
  { where: 'integration', texts: json },
  ...entries(json.actions).map(([name, texts]) => ({ where: `action ${name}`, texts })),
  ...entries(json.events).map(([name, texts]) => ({ where: `event ${name}`, texts })),
  ...entries(json.channels).map(([name, texts]) => ({ where: `channel ${name}`, texts })),
  ...entries(json.entities).map(([name, texts]) => ({ where: `entity ${name}`, texts })),
  ...entries(json.configurations).map(([name, texts]) => ({ where: `configuration ${name}`, texts })),
  ...tagPlaces(json),
]

const tagPlaces = (json: DefinitionJson): Place[] => [
  ...entries(json.user?.tags).map(([name, texts]) => ({ where: `user tag ${name}`, texts })),
  ...entries(json.channels).flatMap(([channel, { conversation, message }]) => [
    ...entries(conversation?.tags).map(([name, texts]) => ({ where: `conversation tag ${channel}.${name}`, texts })),
    ...entries(message?.tags).map(([name, texts]) => ({ where: `message tag ${channel}.${name}`, texts })),
  ]),
]

/** The fields at a schema's top level. The texts of a union may be on one of its members. */
const fieldPlaces = (where: string, schema: JsonSchema): Place[] =>
  entries(schema.properties).map(([name, field]) => {
    const candidates = [field, ...(field.anyOf ?? [])]
    const title = candidates.map((candidate) => candidate['x-zui']?.title).find(Boolean)
    const description = candidates.map((candidate) => candidate.description).find(Boolean)
    return { where: `${where}.${name}`, texts: { ...(title && { title }), ...(description && { description }) } }
  })

const missingTexts = (json: DefinitionJson): string[] => {
  const ofInterfaces = new Set([
    ...[...interfaceParts(json, 'actions')].map((name) => `action ${name}`),
    ...[...interfaceParts(json, 'events')].map((name) => `event ${name}`),
  ])
  const own = ({ where }: Place): boolean => !ofInterfaces.has(where)
  const fields = [
    ...entries(json.actions)
      .filter(([name]) => !ofInterfaces.has(`action ${name}`))
      .flatMap(([name, { input, output }]) => [
        ...fieldPlaces(`input ${name}`, input.schema),
        ...fieldPlaces(`output ${name}`, output.schema),
      ]),
    ...entries(json.events)
      .filter(([name]) => !ofInterfaces.has(`event ${name}`))
      .flatMap(([name, { schema }]) => fieldPlaces(`event ${name}`, schema)),
    ...(json.configuration ? fieldPlaces('configuration', json.configuration.schema) : []),
    ...entries(json.configurations).flatMap(([name, { schema }]) => fieldPlaces(`configuration ${name}`, schema)),
    ...entries(json.states).flatMap(([name, { schema }]) => fieldPlaces(`state ${name}`, schema)),
  ]
  return [
    ...[...titledPlaces(json).filter(own), ...fields].flatMap(({ where, texts }) => [
      ...(texts.title?.trim() ? [] : [`${where}: no title`]),
      ...(texts.description?.trim() ? [] : [`${where}: no description`]),
    ]),
    ...entries(json.secrets).flatMap(([name, { description }]) =>
      description?.trim() ? [] : [`secret ${name}: no description`],
    ),
  ]
}

const MAX_TITLE = 64
const MAX_DESCRIPTION = 256
const MAX_ATTRIBUTE = 200

const longTexts = (json: DefinitionJson): string[] => [
  ...titledPlaces(json).flatMap(({ where, texts: { title = '', description = '' } }) => [
    ...(title.length > MAX_TITLE ? [`${where}: title longer than ${MAX_TITLE}`] : []),
    ...(description.length > MAX_DESCRIPTION ? [`${where}: description longer than ${MAX_DESCRIPTION}`] : []),
  ]),
  ...[json, ...Object.values(json.actions ?? {}), ...Object.values(json.events ?? {})].flatMap(({ attributes }) =>
    entries(attributes).flatMap(([name, value]) =>
      value.length > MAX_ATTRIBUTE ? [`attribute ${name}: longer than ${MAX_ATTRIBUTE}`] : [],
    ),
  ),
]

const tooMany = (json: DefinitionJson): string[] => {
  const counts: [what: string, count: number, limit: number][] = [
    // The page on limits says 5. Botpress' own constants say 10 since January 2025, and 20 by now.
    ['states', entries(json.states).length, 10],
    ['events', entries(json.events).length, 20],
    ['channels', entries(json.channels).length, 10],
    ['tags', tagPlaces(json).length, 50],
    ...entries(json.channels).map(([name, { messages }]): [string, number, number] => [
      `message types of channel ${name}`,
      entries(messages).length,
      20,
    ]),
  ]
  return counts.flatMap(([what, count, limit]) => (count > limit ? [`${what}: ${count}, more than ${limit}`] : []))
}

const wrongNames = (json: DefinitionJson): string[] => {
  const camelCase: [what: string, names: string[]][] = [
    ['action', Object.keys(json.actions ?? {})],
    ['event', Object.keys(json.events ?? {})],
    ['state', Object.keys(json.states ?? {})],
    ['channel', Object.keys(json.channels ?? {})],
    ['message', Object.values(json.channels ?? {}).flatMap(({ messages }) => Object.keys(messages))],
  ]
  return [
    ...camelCase.flatMap(([what, names]) =>
      names.filter((name) => !/^[a-z][a-zA-Z0-9]*$/.test(name)).map((name) => `${what} ${name}: not camelCase`),
    ),
    ...Object.keys(json.secrets ?? {})
      .filter((name) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(name))
      .map((name) => `secret ${name}: not SCREAMING_SNAKE_CASE`),
    ...(/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(json.version) ? [] : [`version ${json.version}: not a semantic version`]),
  ]
}

const MAX_SCHEMA_BYTES = 20_000

const largeSchemas = (json: DefinitionJson): string[] => {
  const schemas: [where: string, schema: JsonSchema][] = [
    ...(json.configuration ? [['configuration', json.configuration.schema] as [string, JsonSchema]] : []),
    ...entries(json.configurations).map(([name, { schema }]): [string, JsonSchema] => [
      `configuration ${name}`,
      schema,
    ]),
    ...entries(json.states).map(([name, { schema }]): [string, JsonSchema] => [`state ${name}`, schema]),
    ...entries(json.entities).map(([name, { schema }]): [string, JsonSchema] => [`entity ${name}`, schema]),
    ...entries(json.events).map(([name, { schema }]): [string, JsonSchema] => [`event ${name}`, schema]),
    ...entries(json.actions).flatMap(([name, { input, output }]): [string, JsonSchema][] => [
      [`input ${name}`, input.schema],
      [`output ${name}`, output.schema],
    ]),
    ...entries(json.channels).flatMap(([channel, { messages }]) =>
      entries(messages).map(([name, { schema }]): [string, JsonSchema] => [`message ${channel}.${name}`, schema]),
    ),
  ]
  return schemas.flatMap(([where, schema]) => {
    const bytes = Buffer.byteLength(JSON.stringify(schema))
    return bytes > MAX_SCHEMA_BYTES ? [`${where}: schema of ${bytes} bytes, more than ${MAX_SCHEMA_BYTES}`] : []
  })
}

const REQUIRED_CONFIGURATION = ['clientId', 'organizationId', 'webhookSecret']

/** The three fields must be enough, and nobody may read a credential over somebody's shoulder. */
const configurationViolations = ({ configuration }: DefinitionJson): string[] => {
  const required = [...(configuration?.schema.required ?? [])].sort()
  return [
    ...(required.join() === REQUIRED_CONFIGURATION.join() ? [] : [`configuration: requires ${required.join(', ')}`]),
    ...entries(configuration?.schema.properties)
      .filter(([name, field]) => /secret|token|password/i.test(name) && !field['x-zui']?.secret)
      .map(([name]) => `configuration.${name}: not masked`),
  ]
}

/** The HITL plugin stops events of an active session. It finds the session by this field. */
const ownEventViolations = (json: DefinitionJson): string[] => {
  const ofInterfaces = interfaceParts(json, 'events')
  return entries(json.events)
    .filter(([name, { schema }]) => !ofInterfaces.has(name) && schema.properties?.['conversationId'])
    .map(([name]) => `event ${name}: a field conversationId keeps it from the bot`)
}

const deprecatedParts = (definition: IntegrationDefinition): string[] => {
  const { user, channels = {}, actions = {}, events = {}, states = {}, configuration, configurations = {} } = definition
  const schemaParts = [
    ...(configuration ? [configuration] : []),
    ...[configurations, events, states].flatMap(valuesOf),
    ...Object.values(actions).flatMap(({ input, output }): object[] => [input, output]),
    ...Object.values(channels).flatMap(({ messages }) => valuesOf(messages)),
  ]
  const creations = [user, ...Object.values(channels).map(({ conversation }) => conversation)]
  return [
    ...(schemaParts.some((part) => 'ui' in part) ? ['ui: replaced by .title() and .describe()'] : []),
    ...(creations.some((part) => part && 'creation' in part) ? ['creation: refused for new integrations'] : []),
  ]
}

const valuesOf = (parts: object): object[] => Object.values(parts) as object[]
