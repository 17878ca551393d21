import { styleText } from 'node:util'
import { startSandbox } from './start-sandbox'
import { playHandoff, privateNote, type StoryLine } from './story'

const main = async (): Promise<void> => {
  const sandbox = await startSandbox({ livechatKnobs: { autoAssign: false } })
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

/** The demo is also a check: it fails when a promise that one can see is broken. */
const findProblems = (endUserSaw: StoryLine[], agentSaw: StoryLine[], isActive: boolean): string[] => {
  const lacks = (lines: StoryLine[], text: string): boolean => !lines.some((line) => line.text.includes(text))
  return [
    ...(endUserSaw.some(({ text }) => text.includes(privateNote)) ? ['The end user saw a private note.'] : []),
    ...(lacks(agentSaw, privateNote) ? ['The agent did not see the private note.'] : []),
    ...(lacks(agentSaw, 'my kettle leaks') ? ['The history did not reach the agent.'] : []),
    ...(lacks(agentSaw, 'The blue one') ? ['A message did not reach the agent.'] : []),
    ...(lacks(endUserSaw, 'A new kettle') ? ['A message did not reach the end user.'] : []),
    ...(lacks(endUserSaw, 'guarantee.pdf') ? ['A file did not reach the end user.'] : []),
    ...(isActive ? ['The session did not end.'] : []),
  ]
}

void main()
