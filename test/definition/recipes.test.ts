import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { entities } from '../../src/definitions/entities'
import { events } from '../../src/definitions/events'

const root = resolve(__dirname, '../..')
const recipes = resolve(root, 'docs/recipes')
const textOf = (recipe: string): string => readFileSync(resolve(recipes, `${recipe}.md`), 'utf8')

describe('a recipe names things as the Studio shows them', () => {
  const { shape } = entities.hitlSession.schema
  it.each([
    ['order-number', ['customFieldsText', 'customFields', 'phone']],
    ['choose-the-group', ['groupId', 'language']],
  ] as const)('%s: the fields of Extra configuration', (recipe, fields) => {
    const titles = fields.map((field): unknown => shape[field].getMetadata()['title'])
    const named = [...textOf(recipe).matchAll(/\| _(.+?)_ +\|/g)].map(([, name]) => name)
    expect(named.sort()).toEqual(titles.sort())
  })

  it('say-goodbye: each reason that the event may give, and no other', () => {
    const reasons = [...textOf('say-goodbye').matchAll(/^\| `(\w+)`/gm)].map(([, reason]) => reason)
    expect(reasons.slice(1).sort()).toEqual([...events.hitlSessionEnded.schema.shape.reason.options].sort())
  })
})

/** An ADK bot cannot run here. Its recipe says so. */
const unplayed = ['README', 'adk']
const written = readdirSync(recipes).map((file) => file.replace('.md', ''))

it('every recipe is played here, or says that it is not', () => {
  const played = [
    ...readFileSync(resolve(root, 'test/scenarios/platform/recipes.test.ts'), 'utf8').matchAll(
      /^ {2}it\('([\w-]+): /gm,
    ),
  ].map(([, name]) => name)
  expect(new Set([...played, ...unplayed])).toEqual(new Set(written))
  expect(textOf('adk')).toMatch(/\*\*How it was checked:\*\* not at all/)
})

it.each(written.filter((name) => name !== 'README'))(
  '%s is in the list, and says what it needs and how it was checked',
  (name) => {
    expect(textOf('README')).toContain(`](${name}.md)`)
    expect(textOf(name)).toMatch(/^# .+\n\n\*\*You need:\*\* /)
    expect(textOf(name)).toMatch(/\n\*\*How it was checked:\*\* [^\n]+(\n[^\n]+)*\n$/)
  },
)
