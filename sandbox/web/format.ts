const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false })
const exactClock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hour12: false,
})

const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', hour12: false })

export const dayAndTime = (at: string): string => day.format(new Date(at))
export const shortTime = (at: string | number): string => clock.format(new Date(at))
export const exactTime = (atMs: number): string => exactClock.format(new Date(atMs))
export const firstName = (name: string): string => name.split(' ')[0] ?? name
/** All agents are called "Agent …". */
export const isAgentName = (name: string): boolean => name.startsWith('Agent ')
export const lastName = (name: string): string => name.split(' ').at(-1) ?? name

export const duration = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`)

/** Stands for a file that a recording has not. */
export const withoutFile = (name: string, reason: string): string => `${name} (not in this recording: ${reason})`

const LINE_CHARACTERS = 300

/** What one line can show of a text. The browser would lay out the rest, too, although nobody sees it. */
export const lineOf = (text: string): string =>
  text.length > LINE_CHARACTERS ? `${text.slice(0, LINE_CHARACTERS)}…` : text
