import { privateNote, type StoryLine } from '../story'

export type DemoPromise = { words: string; broken: string[] }
type Played = { endUserSaw: StoryLine[]; agentSaw: StoryLine[]; isActive: boolean }

/** The demo is also a check: what must be true of what each side saw. */
export const checkPromises = ({ endUserSaw, agentSaw, isActive }: Played): DemoPromise[] => {
  const lost = (side: StoryLine['side'], what: string, text: string): string[] => {
    const isSeen = (side === 'agent' ? agentSaw : endUserSaw).some((line) => line.text.includes(text))
    return isSeen ? [] : [`The ${side} did not see ${what}.`]
  }
  const isNoteShown = endUserSaw.some(({ text }) => text.includes(privateNote))
  return [
    {
      words: `The end user saw ${endUserSaw.length} lines, and the agents saw ${agentSaw.length}.`,
      broken: endUserSaw.length > 0 && agentSaw.length > 0 ? [] : ['One side saw nothing.'],
    },
    {
      words: 'The private note stayed with the agents.',
      broken: [
        ...(isNoteShown ? ['The end user saw a private note.'] : []),
        ...lost('agent', 'the private note', privateNote),
      ],
    },
    { words: 'Nothing came twice.', broken: [...doubled(endUserSaw), ...doubled(agentSaw)] },
    {
      words: 'Nothing was lost.',
      broken: [
        ...lost('agent', 'the history', 'my kettle leaks'),
        ...lost('agent', 'the first message', 'The blue one'),
        ...lost('agent', 'the last message', 'Wonderful, thank you'),
        ...lost('end user', 'the first answer', 'Which model is it'),
        ...lost('end user', 'the colleague’s message', 'A new kettle'),
        ...lost('end user', 'the file', 'guarantee.pdf'),
      ],
    },
    { words: 'The session ended, and the bot continued.', broken: isActive ? ['The session did not end.'] : [] },
  ]
}

/** In this story, nobody says the same twice, but the bot, who announces each agent in the same words. */
const doubled = (lines: StoryLine[]): string[] => {
  const keyOf = ({ from, text }: StoryLine): string => JSON.stringify([from, text])
  const firsts = new Map<string, StoryLine>()
  return lines.flatMap((line) => {
    if (line.from === 'bot') return []
    if (firsts.has(keyOf(line))) return [`The ${line.side} saw this twice: ${line.text}`]
    firsts.set(keyOf(line), line)
    return []
  })
}
