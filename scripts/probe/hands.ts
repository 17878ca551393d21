import { createInterface } from 'node:readline/promises'

/** What only somebody in LiveChat's app can do. `chatId` is the chat that it is about. */
export type Task = 'reopen' | 'pickUp'
/** What only somebody in LiveChat's app can see. `text` is the line in the chat. */
export type Look = 'customSystemMessage' | 'unknownSystemMessage' | 'boldText'

/** A human with LiveChat's app open. */
export type Hands = {
  /** Whether it was done. */
  do: (task: Task, chatId: string, words: string) => Promise<boolean>
  /** What the human saw; undefined if nobody looked. */
  see: (look: Look, chatId: string, text: string, words: string) => Promise<boolean | undefined>
}

export const noHands: Hands = { do: () => Promise.resolve(false), see: () => Promise.resolve(undefined) }

/** Asks in the terminal. Any answer other than the offered ones means "no". */
export const terminalHands = (signal: AbortSignal): Hands => {
  const ask = async (words: string): Promise<string> => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    try {
      return (await terminal.question(words, { signal })).trim().toLowerCase()
    } finally {
      terminal.close()
    }
  }
  return {
    do: async (_task, _chatId, words) => (await ask(`\n→ ${words}\n  Done? [Enter = yes, n = skip] `)) !== 'n',
    see: async (_look, _chatId, _text, words) => {
      const answer = await ask(`\n→ ${words} [y/n, Enter = skip] `)
      return answer === 'y' ? true : answer === 'n' ? false : undefined
    },
  }
}
