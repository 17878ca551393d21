import type { MessageHistoryEntry } from '../../src/bp'
import { composeBriefing, type Briefing } from '../../src/content/to-agent/briefing/briefing'
import { readHistory } from '../../src/content/to-agent/history'

/** The first message to the agent, from parts that may be missing. */

export const opening = 'The bot has handed this conversation over to you.'
export type Parts = Omit<Partial<Briefing>, 'history'> & { history?: unknown }
export const brief = ({ history = [], ...parts }: Parts): string =>
  composeBriefing({
    title: undefined,
    description: undefined,
    fields: {},
    history: readHistory(history).entries,
    endUserId: 'user_1',
    names: new Map(),
    ...parts,
  })

export const byBot = { type: 'bot' } as const
export const byUser = (userId: string) => ({ type: 'user', userId }) as const
export const card = {
  title: 'Blue shoes',
  subtitle: 'Size 40',
  imageUrl: 'https://example.com/shoes.png',
  actions: [
    { action: 'url', label: 'Look', value: 'https://example.com/shoes' },
    { action: 'postback', label: 'Buy', value: 'internal-code' },
    { action: 'say', label: 'No, thanks', value: 'internal-words' },
  ],
} satisfies Extract<MessageHistoryEntry, { type: 'card' }>['payload']
export const options = [
  { label: 'Yes', value: 'internal-1' },
  { label: 'No', value: 'internal-2' },
]
