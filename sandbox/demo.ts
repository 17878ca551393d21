import { parseArgs, styleText } from 'node:util'
import { printsHelp } from '../tools/help'
import { checkPromises } from './demo/promises'
import { wrap } from './demo/wrap'
import { readKnobSettings } from './knob-settings'
import { startSandbox } from './start-sandbox'
import { playHandoff, type StoryLine } from './story'

const help = `npm run demo [-- --knob <name=value> …]

Plays one handoff between an end user, a bot and two agents, prints what each
side sees, and says what held. Nothing leaves this machine.

  --knob <name=value>  how a vendor behaves (docs/sandbox.md), once or more`

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
  const { values } = parseArgs({ options: { knob: { type: 'string', multiple: true, default: [] } } })
  const { livechatKnobs, botpressKnobs } = readKnobSettings(values.knob)
  const sandbox = await startSandbox({ livechatKnobs: { autoAssign: false, ...livechatKnobs }, botpressKnobs })
  try {
    console.log(styleText('dim', 'The deployed bundle, between an emulated LiveChat and an emulated Botpress.'))
    console.log(styleText('dim', 'Nothing leaves this machine.'))
    const story = await playHandoff(sandbox, {
      chapter: (title) => console.log(`\n${styleText('bold', title)}`),
      line: printLine,
    })
    console.log(`\n${styleText('bold', 'What held')}`)
    const promises = checkPromises({ ...story, isActive: story.user.session.active })
    for (const { words, broken } of promises) {
      const [mark, color] = broken.length === 0 ? (['ok', 'green'] as const) : (['BROKEN', 'red'] as const)
      console.log(`  ${styleText(color, mark.padEnd(7))} ${words}`)
    }
    const problems = promises.flatMap(({ broken }) => broken)
    for (const problem of problems) console.error(styleText('red', problem))
    process.exitCode = problems.length === 0 ? 0 : 1
  } finally {
    await sandbox.close()
  }
}

const columns = 80

const printLine = ({ side, from, text }: StoryLine): void => {
  const color = side === 'end user' ? 'cyan' : 'yellow'
  const head = `  ${side === 'end user' ? 'end user sees' : '   agent sees'} │ `
  const [first = '', ...rest] = wrap(`${from}: ${text}`, columns - head.length)
  console.log(styleText(color, head) + first)
  for (const line of rest) console.log(styleText(color, '                │ ') + line)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
