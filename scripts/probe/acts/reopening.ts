import { chatOf, closeAsAgent, message, openServedThread, readAsAgent, sayAsAgent } from '../chats'
import { brings } from '../hooks'
import { at, textAt } from '../json'
import { CannotSee } from '../sighting'
import { limits, until, type Stage } from '../stage'
import type { Act } from './act'

/** What becomes of a chat that an agent opens again in LiveChat's app. */
export const reopening: Act = {
  title: 'An agent opens a chat again',
  beliefs: ['agentReopenTakesSource', 'nextStartGivesSourceBack'],
  play: async (stage, tell) => {
    const { first } = stage.customers
    const threadId = await openServedThread(stage, first)
    const isKnown = await isFiltered(stage, threadId, 'before')
    await closeAsAgent(stage, first)
    if (isKnown !== true) throw new CannotSee('webhooks with only_my_chats do not come at all')

    const isDone = await stage.hands.do(
      'reopen',
      chatOf(first),
      `In LiveChat's app, signed in as ${stage.me.email}: open the closed chat of “${first.name}” and start it again.`,
    )
    if (!isDone) throw new CannotSee("only LiveChat's app reopens a chat as agents do: a token has no Client ID")
    const reopened = await until(stage, limits.assignmentMs, async () => {
      const chat = await readAsAgent(stage, first)
      const id = textAt(chat, 'thread', 'id')
      return id !== threadId && at(chat, 'thread', 'active') === true ? id : undefined
    })
    if (reopened === undefined) throw new CannotSee('the chat was not opened again')
    const isStillOurs = await isFiltered(stage, reopened, 'reopened')
    await closeAsAgent(stage, first)
    if (isStillOurs === undefined) throw new CannotSee('no webhook came after the chat was opened again')
    tell('agentReopenTakesSource', {
      value: !isStillOurs,
      seen: isStillOurs ? 'No: its webhooks come as before' : 'Yes: with only_my_chats its webhooks no longer come',
      control: 'before, they came with only_my_chats; now, they come without it',
    })

    if (isStillOurs) throw new CannotSee('the chat stayed ours')
    const next = await isFiltered(stage, await openServedThread(stage, first), 'next')
    await closeAsAgent(stage, first)
    if (next === undefined) throw new CannotSee('no webhook came after the next start')
    tell('nextStartGivesSourceBack', {
      seen: next ? 'Yes' : 'No: all later sessions of the customer stay hidden',
      control: 'without only_my_chats, its webhooks come',
    })
  },
}

/** Whether an agent's words pass `only_my_chats`. Undefined if they do not even come without it. */
const isFiltered = async (stage: Stage, threadId: string, name: string): Promise<boolean | undefined> => {
  const event = message(`${stage.runId}-${name}`, `Probe: words ${name}.`)
  const eventId = await sayAsAgent(stage, stage.customers.first, event)
  if (!(await brings(stage, 'words', threadId, eventId))) return undefined
  return brings(stage, 'filteredWords', threadId, eventId)
}
