import { register } from '../hooks'
import type { Act } from './act'

const mostTries = 4

/** An action that hardly anybody registers, for chats that do not matter here. */
const hook = { action: 'events_marked_as_seen', filters: { only_my_chats: true } }

export const fourthWebhook: Act = {
  title: 'How many webhooks of one action there may be',
  beliefs: ['fourthWebhook'],
  play: async (stage, tell) => {
    for (let count = 1; count <= mostTries; count += 1) {
      const { isOk, outcome } = await register(stage, `many-${count}`, hook)
      if (isOk) continue
      return tell('fourthWebhook', {
        seen: `Number ${count} was ${outcome}`,
        control: `${count - 1} before it were accepted`,
      })
    }
    tell('fourthWebhook', { seen: `None: ${mostTries} were accepted`, control: 'refusals of other calls were seen' })
  },
}
