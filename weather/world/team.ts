import { amber, birch } from '../../sandbox/start-sandbox'

/** The third one is there only in some worlds. */
export const cedar = { email: 'cedar@example.com', name: 'Agent Cedar' } as const
export const team = [amber, birch, cedar] as const

export const agentOf = (index: number): (typeof team)[number] => team[index] ?? amber
