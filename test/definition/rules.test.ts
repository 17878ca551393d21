import { IntegrationDefinition, z, type IntegrationDefinitionProps, type InterfacePackage } from '@botpress/sdk'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import integration from '../../integration.definition'
import { entities } from '../../src/definitions/entities'
import { hitlInterface } from '../../src/definitions/hitl-interface'
import { findViolations } from './rules'

it('breaks no rule of the linter, the platform and the interface', () => {
  expect(findViolations(integration, resolve('.'))).toEqual([])
})

const field = z.string().title('Field').describe('A field')
const named = { title: 'Title', description: 'Description' }
const text = { schema: z.object({ text: field }) }
const tagged = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`tag${n}`, named]))
const repeat = <T>(count: number, name: string, part: T) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${name}${n}`, part]))

const configuration = {
  schema: z.object({
    clientId: field,
    organizationId: field,
    webhookSecret: z.string().secret().title('Secret').describe('The secret'),
  }),
}

/** A definition that breaks no rule. Each row below changes one thing in it. */
const sound = {
  name: 'example',
  version: '1.0.0',
  ...named,
  icon: 'icon.svg',
  readme: 'hub.md',
  configuration,
  user: { tags: tagged(1) },
  states: { example: { type: 'user', ...text } },
  actions: { example: { ...named, input: text, output: text } },
  events: { example: { ...named, ...text } },
  channels: {
    other: { ...named, messages: { text }, conversation: { tags: tagged(1) }, message: { tags: tagged(1) } },
  },
  entities,
} satisfies IntegrationDefinitionProps

type Props = IntegrationDefinitionProps
const build = (change: Partial<Props>, pack: InterfacePackage = hitlInterface): IntegrationDefinition => {
  const props: Props = { ...sound, ...change }
  return new IntegrationDefinition(props).extend(withChannelTexts(pack), (self) => ({
    entities: { hitlSession: self.entities['hitlSession']! },
  }))
}

/** The interface lets the integration choose the texts of its channel. */
const withChannelTexts = (pack: InterfacePackage): InterfacePackage => {
  const channels = Object.fromEntries(
    Object.entries(pack.definition.channels ?? {}).map(([name, part]) => [name, { ...part, ...named }]),
  )
  return { ...pack, definition: { ...pack.definition, channels } }
}

const { definition } = hitlInterface
const changed = (change: Partial<InterfacePackage['definition']>): InterfacePackage => ({
  ...hitlInterface,
  definition: { ...definition, ...change },
})
const without = <T>(record: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))

const example = (kind: 'actions' | 'events', change: object): Partial<Props> => ({
  [kind]: { example: { ...sound[kind].example, ...change } },
})
const channel = (change: object): Partial<Props> => ({ channels: { other: { ...sound.channels.other, ...change } } })

const large = z.object(repeat(400, 'fieldOfConsiderableLength', field))
const untitled = { schema: z.object({ text: z.string().describe('Only described') }) }
const undescribed = { schema: z.object({ text: z.string().title('Only titled') }) }

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'definition-'))
  writeFileSync(join(root, 'hub.md'), `# Example\n${'word '.repeat(200)}`)
  writeFileSync(join(root, 'empty.md'), '')
  writeFileSync(join(root, 'stub.md'), '# Example\nSoon.')
  writeFileSync(join(root, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>')
  writeFileSync(join(root, 'broken.svg'), '<svg><path></svg>')
  writeFileSync(join(root, 'page.svg'), '<html></html>')
  writeFileSync(join(root, 'script.svg'), '<svg><script>alert(1)</script></svg>')
  writeFileSync(join(root, 'huge.svg'), `<svg><path d="${'0 '.repeat(10_000)}"/></svg>`)
})
afterAll(() => rmSync(root, { recursive: true }))

type Row = [violation: string, change: Partial<Props>, pack?: InterfacePackage]

const rows: Record<string, Row[]> = {
  'a text is missing': [
    ['integration: no title', { title: '' }],
    ['integration: no description', { description: ' ' }],
    ['action example: no title', example('actions', { title: undefined })],
    ['action example: no description', example('actions', { description: '' })],
    ['input example.text: no title', example('actions', { input: untitled })],
    ['input example.text: no description', example('actions', { input: undescribed })],
    ['output example.text: no title', example('actions', { output: untitled })],
    ['output example.text: no description', example('actions', { output: undescribed })],
    ['event example: no title', example('events', { title: undefined })],
    ['event example: no description', example('events', { description: undefined })],
    ['event example.text: no title', example('events', untitled)],
    ['event example.text: no description', example('events', undescribed)],
    ['configuration.extra: no title', withField({ extra: z.string().optional().describe('Only described') })],
    ['configuration.extra: no description', withField({ extra: z.string().optional().title('Only titled') })],
    ['configuration second: no title', { configurations: { second: { ...text, description: 'Described' } } }],
    ['configuration second: no description', { configurations: { second: { ...text, title: 'Titled' } } }],
    ['configuration second.text: no title', { configurations: { second: { ...named, ...untitled } } }],
    ['configuration second.text: no description', { configurations: { second: { ...named, ...undescribed } } }],
    ['user tag a: no title', { user: { tags: { a: { description: 'Described' } } } }],
    ['user tag a: no description', { user: { tags: { a: { title: 'Titled' } } } }],
    ['conversation tag other.a: no title', channel({ conversation: { tags: { a: { description: 'Described' } } } })],
    ['conversation tag other.a: no description', channel({ conversation: { tags: { a: { title: 'Titled' } } } })],
    ['message tag other.a: no title', channel({ message: { tags: { a: { description: 'Described' } } } })],
    ['message tag other.a: no description', channel({ message: { tags: { a: { title: 'Titled' } } } })],
    ['channel other: no title', channel({ title: undefined })],
    ['channel other: no description', channel({ description: undefined })],
    ['entity extra: no title', { entities: { ...entities, extra: { ...text, description: 'Described' } } }],
    ['state example.text: no title', { states: { example: { type: 'user', ...untitled } } }],
    ['state example.text: no description', { states: { example: { type: 'user', ...undescribed } } }],
    ['secret KEY: no description', { secrets: { KEY: {} } }],
  ],
  'a text is too long': [
    ['integration: title longer than 64', { title: 'x'.repeat(65) }],
    ['integration: description longer than 256', { description: 'x'.repeat(257) }],
    ['action example: title longer than 64', example('actions', { title: 'x'.repeat(65) })],
    ['event example: description longer than 256', example('events', { description: 'x'.repeat(257) })],
    ['channel other: title longer than 64', channel({ title: 'x'.repeat(65) })],
    ['user tag a: title longer than 64', { user: { tags: { a: { ...named, title: 'x'.repeat(65) } } } }],
    ['attribute repo: longer than 200', { attributes: { repo: 'x'.repeat(201) } }],
    ['attribute note: longer than 200', example('actions', { attributes: { note: 'x'.repeat(201) } })],
  ],
  'there is too much': [
    ['states: 11, more than 10', { states: repeat(11, 'state', { type: 'user' as const, ...text }) }],
    ['events: 22, more than 20', { events: repeat(20, 'event', { ...named, ...text }) }],
    ['channels: 11, more than 10', { channels: repeat(10, 'channel', sound.channels.other) }],
    ['tags: 51, more than 50', { user: { tags: tagged(49) } }],
    ['message types of channel other: 21, more than 20', channel({ messages: repeat(21, 'text', text) })],
    [largeSchema('state example'), { states: { example: { type: 'user', schema: large } } }],
    [largeSchema('message other.text'), channel({ messages: { text: { schema: large } } })],
    [largeSchema('output example'), example('actions', { output: { schema: large } })],
  ],
  'a name is wrong': [
    ['action do-it: not camelCase', { actions: { 'do-it': sound.actions.example } }],
    ['event Happened: not camelCase', { events: { Happened: sound.events.example } }],
    ['state my_state: not camelCase', { states: { my_state: sound.states.example } }],
    ['channel Other: not camelCase', { channels: { Other: sound.channels.other } }],
    ['message my-text: not camelCase', channel({ messages: { 'my-text': text } })],
    ['secret apiKey: not SCREAMING_SNAKE_CASE', { secrets: { apiKey: { description: 'A key' } } }],
    ['version 1.0: not a semantic version', { version: '1.0' }],
  ],
  'a setting hurts': [
    ['configuration: requires clientId, extra, organizationId, webhookSecret', withField({ extra: field })],
    ['configuration: requires ', { configuration: { schema: z.object({}) } }],
    ['configuration.webhookSecret: not masked', withField({ webhookSecret: field })],
    ['configuration.agentToken: not masked', withField({ agentToken: field.optional() })],
  ],
  'the platform would stop it': [
    [
      'event example: a field conversationId keeps it from the bot',
      example('events', { schema: z.object({ conversationId: field }) }),
    ],
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- that is the point
    ['creation: refused for new integrations', { user: { creation: { enabled: true, requiredTags: [] } } }],
    ['ui: replaced by .title() and .describe()', example('events', { ui: { text: { title: 'Old' } } })],
  ],
  'the interface is not met': [
    ['action createUser: missing', {}, changed({ actions: without(definition.actions, 'createUser') })],
    ['event hitlAssigned: missing', {}, changed({ events: without(definition.events, 'hitlAssigned') })],
    [
      'message hitl.bloc: missing',
      {},
      changed({ channels: { hitl: { messages: without(definition.channels.hitl.messages, 'bloc') } } }),
    ],
    [
      "action stopHitl: input is not the interface's",
      {},
      withAction('stopHitl', { input: { schema: z.object({ conversationId: z.string().optional() }) } }),
    ],
    [
      "action stopHitl: output is not the interface's",
      {},
      withAction('stopHitl', { output: { schema: z.object({ stopped: z.boolean() }) } }),
    ],
    [
      "action startHitl: input is not the interface's",
      {},
      withAction('startHitl', {
        input: { schema: definition.actions.startHitl.input.schema.extend({ hitlSession: z.object({}) }) },
      }),
    ],
    ['action stopHitl: attribute bpActionHiddenInStudio is not true', {}, withAction('stopHitl', { attributes: {} })],
    [
      "event hitlStopped: payload is not the interface's",
      {},
      changed({ events: { ...definition.events, hitlStopped: { schema: z.object({ title: z.string() }) } } }),
    ],
    [
      "message hitl.text: is not the interface's",
      {},
      changed({ channels: { hitl: { messages: { ...definition.channels.hitl.messages, text } } } }),
    ],
    ['interface hitl: version 2.0.0', {}, { ...hitlInterface, version: '2.0.0' }],
    ['interface hitl: not implemented', {}, { ...hitlInterface, name: 'other' }],
  ],
  'a file is missing or false': [
    ['icon: not named', { icon: '' }],
    ['icon icon.png: does not end in .svg', { icon: 'icon.png' }],
    ['icon none.svg: no such file', { icon: 'none.svg' }],
    ['icon broken.svg: not XML', { icon: 'broken.svg' }],
    ['icon page.svg: not an SVG picture', { icon: 'page.svg' }],
    ['icon script.svg: holds a script', { icon: 'script.svg' }],
    ['icon huge.svg: larger than 10000 bytes', { icon: 'huge.svg' }],
    ['readme: not named', { readme: '' }],
    ['readme hub.txt: does not end in .md', { readme: 'hub.txt' }],
    ['readme none.md: no such file', { readme: 'none.md' }],
    ['readme empty.md: has no heading', { readme: 'empty.md' }],
    ['readme stub.md: says hardly anything', { readme: 'stub.md' }],
  ],
}

function withField(fields: Record<string, z.ZodTypeAny>): Partial<Props> {
  return { configuration: { schema: configuration.schema.extend(fields) } }
}

function withAction(name: keyof typeof definition.actions, change: object): InterfacePackage {
  return changed({ actions: { ...definition.actions, [name]: { ...definition.actions[name], ...change } } })
}

function largeSchema(where: string): string {
  return `${where}: schema of ${Buffer.byteLength(JSON.stringify(large.toJSONSchema()))} bytes, more than 20000`
}

describe('finds what is wrong if', () => {
  it('nothing is wrong', () => {
    expect(findViolations(build({}), root)).toEqual([])
  })

  describe.each(Object.entries(rows))('%s', (_, cases) => {
    it.each(cases)('%s', (violation, change, pack) => {
      expect(findViolations(build(change, pack), root)).toContain(violation)
    })
  })
})
