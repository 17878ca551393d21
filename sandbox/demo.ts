import { parseArgs, styleText } from 'node:util'
import { readKnobSettings } from './knob-settings'
import { startSandbox } from './start-sandbox'
import { playHandoff, privateNote, type StoryLine } from './story'

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { knob: { type: 'string', multiple: true, default: [] } } })
  const { livechatKnobs, botpressKnobs } = readKnobSettings(values.knob)
  const sandbox = await startSandbox({ livechatKnobs: { autoAssign: false, ...livechatKnobs }, botpressKnobs })
  try {
    console.log(
      styleText(
        'dim',
        'The deployed bundle, between an emulated LiveChat and an emulated Botpress. Nothing leaves this machine.',
      ),
    )
    const story = await playHandoff(sandbox, {
      chapter: (title) => console.log(`\n${styleText('bold', title)}`),
      line: printLine,
    })
    const problems = findProblems(story.endUserSaw, story.agentSaw, story.user.session.active)
    console.log(
      `\n${styleText('dim', `${story.endUserSaw.length} lines on the end user's side, ${story.agentSaw.length} on the agent's.`)}`,
    )
    for (const problem of problems) console.error(styleText('red', problem))
    process.exitCode = problems.length === 0 ? 0 : 1
  } finally {
    await sandbox.close()
  }
}

const printLine = ({ side, from, text }: StoryLine): void => {
  const color = side === 'end user' ? 'cyan' : 'yellow'
  const head = `  ${side === 'end user' ? 'end user sees' : '   agent sees'} │ `
  const [first = '', ...rest] = `${from}: ${text}`.split('\n')
  console.log(styleText(color, head) + first)
  for (const line of rest) console.log(styleText(color, '                │ ') + line)
}

/** The demo is also a check: it fails if it sees that a promise is broken. */
const findProblems = (endUserSaw: StoryLine[], agentSaw: StoryLine[], isActive: boolean): string[] => {
  const seenBy = (side: StoryLine['side'], lines: StoryLine[], what: string, text: string): string[] => {
    const times = lines.filter((line) => line.text.includes(text)).length
    return times === 1 ? [] : [`The ${side} saw ${what} ${times} times.`]
  }
  return [
    ...(endUserSaw.some(({ text }) => text.includes(privateNote)) ? ['The end user saw a private note.'] : []),
    ...seenBy('agent', agentSaw, 'the private note', privateNote),
    ...seenBy('agent', agentSaw, 'the history', 'my kettle leaks'),
    ...seenBy('agent', agentSaw, 'the first message', 'The blue one'),
    ...seenBy('agent', agentSaw, 'the last message', 'Wonderful, thank you'),
    ...seenBy('end user', endUserSaw, 'the first answer', 'Which model is it'),
    ...seenBy('end user', endUserSaw, 'the colleague’s message', 'A new kettle'),
    ...seenBy('end user', endUserSaw, 'the file', 'guarantee.pdf'),
    ...(isActive ? ['The session did not end.'] : []),
  ]
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
