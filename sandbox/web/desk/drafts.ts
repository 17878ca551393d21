import { useState } from 'react'

/** What an agent has begun to write in a chat. */
export type Draft = {
  mode: 'message' | 'note'
  text: string
  /** A rich message that goes along. It cannot be put into the text. */
  cannedId?: string | undefined
}

const empty: Draft = { mode: 'message', text: '' }
const drafts = new Map<string, Draft>()

/** A draft stays while the agent looks at something else. */
export const useDraft = (agentId: string, chatId: string): [Draft, (change: Partial<Draft>) => void] => {
  const key = `${agentId} ${chatId}`
  const [draft, setDraft] = useState(drafts.get(key) ?? empty)
  const change = (part: Partial<Draft>): void => {
    const next = { ...(drafts.get(key) ?? empty), ...part }
    drafts.set(key, next)
    setDraft(next)
  }
  return [draft, change]
}
