import { expect, it } from 'vitest'
import { crashSiteOf } from './crash-site'

const withStack = (name: string, message: string, lines: string[], changed = message): Error =>
  Object.assign(new Error(changed), { name, stack: [`${name}: ${message}`, ...lines].join('\n') })

it('names functions and positions in our own code, without the folders of the machine', () => {
  const error = withStack('TypeError', 'words of an end user', [
    '    at relay (/home/somebody/dist/index.cjs:12:34)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    '    at async Object.read (file:///home/somebody/dist/index.cjs:5:6)',
    '    at C:\\somebody\\dist\\index.cjs:7:8',
  ])
  expect(crashSiteOf(error)).toEqual({
    name: 'TypeError',
    frames: [
      { function: 'relay', file: 'index.cjs', line: 12, column: 34 },
      { function: 'Object.read', file: 'index.cjs', line: 5, column: 6 },
      { function: '', file: 'index.cjs', line: 7, column: 8 },
    ],
  })
})

const imitation = 'I wrote\n    at card (number/4111:1:1)'
it.each([
  ['a message that imitates a stack', withStack('Error', imitation, ['    at relay (index.cjs:1:2)'])],
  ['a message that was changed later', withStack('Error', imitation, ['    at relay (index.cjs:1:2)'], 'other words')],
  ['a name that is a sentence', Object.assign(new Error('x'), { name: 'card 4111' })],
  ['a thrown value that is no error', 'card 4111'],
])('reveals nothing of %s', (_, error) => {
  expect(JSON.stringify(crashSiteOf(error))).not.toMatch(/card|4111/)
})

it('gives twenty frames at most', () => {
  const error = withStack('Error', 'x', Array<string>(50).fill('    at again (index.cjs:1:2)'))
  expect(crashSiteOf(error).frames).toHaveLength(20)
})
