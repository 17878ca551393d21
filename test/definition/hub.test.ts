import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import definition from '../../integration.definition'
import { issueTexts } from '../../src/operation/failures/issue-texts'
import { parseSettings } from '../../src/operation/settings'
import { definitionJson } from '../../tools/definition-json'

const root = resolve(__dirname, '../..')
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8')
const guide = read('hub.md')
/** The guide and the pages that it sends bot builders to. */
const hub = ['settings', 'agent-access', 'flows', 'issues', 'what-crosses', 'costs-and-limits']
  .map((page) => read(`docs/${page}.md`))
  .concat(guide)
  .join('\n')
const json = definitionJson(definition)

/** The rows of the table below a heading, cell by cell. */
const tableUnder = (heading: string): string[][] => {
  const section =
    hub
      .split(new RegExp(`\n##? ${heading}\n`))
      .at(-1)
      ?.split(/\n##? /)[0] ?? ''
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}
const code = (cell: string | undefined): string => /`(\w+)`/.exec(cell ?? '')?.[1] ?? ''

describe('hub.md correctly describes', () => {
  it('every setting, and no other', () => {
    const settings = Object.keys(json.configuration?.schema.properties ?? {})
    expect(
      tableUnder('Settings')
        .map(([name]) => code(name))
        .sort(),
    ).toEqual(settings.sort())
  })

  it('the settings in the order of the form, which error messages and the doctor have, too', () => {
    const settings = Object.keys(json.configuration?.schema.properties ?? {})
    expect(tableUnder('Settings').map(([name]) => code(name))).toEqual(settings)
    expect(settings.slice(0, 5)).toEqual(['clientId', 'organizationId', 'webhookSecret', 'groupId', 'whenOffline'])
    const parsed = parseSettings(Object.fromEntries(settings.map((name) => [name, Symbol('odd')])))
    const titles = settings.map((name) => json.configuration?.schema.properties?.[name]?.['x-zui']?.title)
    expect(parsed.ok ? [] : parsed.problems.map((problem) => /^"([^"]+)"/.exec(problem)?.[1])).toEqual(titles)
  })

  it('every issue that the owner may be told, and no other', () => {
    const told = tableUnder('Issues').map(([issue]) => code(issue))
    expect(told.sort()).toEqual(Object.keys(issueTexts).sort())
  })

  it('which settings are required', () => {
    const required = tableUnder('Settings').flatMap(([name, value]) => (value === 'required' ? [code(name)] : []))
    expect(required.sort()).toEqual([...(json.configuration?.schema.required ?? [])].sort())
  })

  it.each(Object.entries(json.configuration?.schema.properties ?? {}))('the default of %s', (name, schema) => {
    const shown = tableUnder('Settings').find(([cell]) => code(cell) === name)?.[1] ?? ''
    const { default: value } = schema
    if (value === true) expect(shown).toBe('on')
    else if (value === false) expect(shown).toBe('off')
    else if (value !== undefined) expect(shown).toContain(JSON.stringify(value).replaceAll('"', ''))
  })

  const ownActions = Object.keys(json.actions ?? {}).filter(
    (name) => !['createUser', 'startHitl', 'stopHitl'].includes(name),
  )
  const ownEvents = Object.keys(json.events ?? {}).filter((name) => !['hitlAssigned', 'hitlStopped'].includes(name))
  it.each([...ownActions, ...ownEvents])('%s, and each of its fields', (name) => {
    const fields = json.actions?.[name]
      ? [
          ...Object.keys(json.actions[name].input.schema.properties ?? {}),
          ...Object.keys(json.actions[name].output.schema.properties ?? {}),
        ]
      : Object.keys(json.events?.[name]?.schema.properties ?? {})
    expect(hub).toContain(`\`${name}\``)
    for (const field of fields) expect(hub, `${name}.${field}`).toContain(`\`${field}\``)
  })

  it('every field with which a bot describes a session', () => {
    const fields = Object.keys(json.entities?.['hitlSession']?.schema.properties ?? {})
    expect(fields.length).toBeGreaterThan(3)
    for (const field of fields) expect(hub, field).toContain(`\`${field}\``)
  })

  it('the scopes that agent access needs', () => {
    const needed = [...read('src/setup/webhooks/required-scopes.ts').matchAll(/'([\w.-]+:r[ow])':/g)].map(
      ([, scope]) => scope,
    )
    const listed = [...hub.matchAll(/^ *\| `([\w.-]+:r[ow])` /gm)].map(([, scope]) => scope)
    expect(needed.length).toBeGreaterThan(3)
    expect(listed).toEqual([...needed, 'chats--all:rw'])
  })

  it('every webhook that is handled, and no other', () => {
    const handled = [...read('src/webhook/dispatch.ts').matchAll(/^ {2}(\w+): \w+,$/gm)].map(
      ([, action]) => action ?? '',
    )
    expect(handled.length).toBeGreaterThan(3)
    for (const action of handled) expect(hub, action).toContain(`\`${action}\``)
  })

  it('the messages that it explains, each of which is in the code', () => {
    const sources = readdirSync(resolve(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .map((path) => read(`src/${path}`))
      .join('\n')
    const trouble = guide.split('\n## When something is wrong\n')[1]?.split('\n## ')[0] ?? ''
    const messages = [...trouble.matchAll(/^- \*\*(.+?)\*\*: /gm)].map(([, message]) => message ?? '')
    expect(messages.length).toBeGreaterThan(4)
    for (const message of messages) {
      const words = message.replace(/…$/, '').trim()
      if (words === 'Sessions start, but answers never arrive') continue // This is a symptom, not a message.
      expect(sources, message).toContain(words)
    }
  })

  it('nothing by a relative link, because hub.md is published without the other files', () => {
    expect(guide).not.toMatch(/\]\((?!https?:)/)
  })

  it('every recipe, one click away', () => {
    const recipes = readdirSync(resolve(root, 'docs/recipes'))
    expect(recipes.length).toBeGreaterThan(10)
    for (const recipe of recipes) expect(guide).toContain(`/docs/recipes/${recipe})`)
  })

  it('pages that exist, at the address of package.json', () => {
    const { repository } = JSON.parse(read('package.json')) as { repository: string }
    const pages = [...guide.matchAll(/\]\((https:[^)#]+)/g)].flatMap(([, address = '']) =>
      address.startsWith(repository) ? [address.slice(repository.length).replace(/^\/(blob|raw)\/main\//, '')] : [],
    )
    expect(pages.length).toBeGreaterThan(10)
    for (const page of pages) expect(existsSync(resolve(root, page)), page).toBe(true)
    const elsewhere = [...guide.matchAll(/\]\((https:[^)]+\/(?:blob|raw)\/main\/[^)]+)/g)].map(
      ([, address = '']) => address,
    )
    expect(elsewhere.filter((address) => !address.startsWith(repository))).toEqual([])
  })
})

describe('hub.md can be read on a phone', () => {
  it('has at most 11 kB', () => {
    expect(Buffer.byteLength(guide)).toBeLessThanOrEqual(11_000)
  })

  it('has no table row of more than 80 characters', () => {
    expect(guide.split('\n').filter((line) => /^ *\|/.test(line) && line.trim().length > 80)).toEqual([])
  })
})
