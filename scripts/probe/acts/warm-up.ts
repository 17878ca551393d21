import { closeAsAgent, message, openServedThread, sayAsAgent } from '../chats'
import { onHook } from '../hooks'
import { CannotSee } from '../sighting'
import { limits, until } from '../stage'
import type { Act } from './act'

/** How often an agent writes until the new webhooks work. */
const intervalMs = 5_000

/** Waits until the new webhooks work. What needs them comes later. */
export const warmUp: Act = {
  title: 'New webhooks begin to work',
  beliefs: ['webhookDelay'],
  play: async (stage, tell) => {
    const { second } = stage.customers
    const threadId = await openServedThread(stage, second)
    const missing = (): string[] =>
      ['words', 'filteredWords'].filter((hook) => !stage.receiver.arrivals().some(onHook(hook, threadId)))
    for (let waitedMs = 0; waitedMs < limits.activationMs; waitedMs += intervalMs) {
      const text = `Probe: do webhooks work after ${waitedMs / 1000} s?`
      await sayAsAgent(stage, second, message(`${stage.runId}-warm-${waitedMs}`, text))
      const isWorking = await until(stage, intervalMs, () => (missing().length === 0 ? true : undefined))
      if (!isWorking) continue
      await closeAsAgent(stage, second)
      return tell('webhookDelay', {
        seen: `At most ${(waitedMs + intervalMs) / 1000} s`,
        control: 'an agent wrote every 5 s from the start',
      })
    }
    await closeAsAgent(stage, second)
    throw new CannotSee(`within 3 minutes, no webhook of an agent's message came to: ${missing().join(', ')}`)
  },
}
