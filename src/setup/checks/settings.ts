import type { Judge } from './facts'
import { ok, problem, warning, type Finding } from './finding'

export const judgeSettings = (problems: string[]): Finding =>
  problems.length === 0
    ? ok('Every field can be read.')
    : problem(`${problems.join('; ')}.`, `Correct in the integration's configuration: ${problems.join('; ')}.`)

const shortSecret = 12

/** If somebody copies a space with the secret, we refuse every webhook, and LiveChat shows no error. */
export const secretCheck: Judge = {
  id: 'webhookSecret',
  title: 'Webhook secret',
  judge: ({ settings: { webhookSecret, previousWebhookSecret = '' } }) => {
    if (hasSpaces(webhookSecret)) return refuseSpaces('Webhook secret')
    if (hasSpaces(previousWebhookSecret)) return refuseSpaces('Previous webhook secret')
    if (webhookSecret.length >= shortSecret) return ok('It is long enough and has no spaces around it.')
    return warning(
      `It has fewer than ${shortSecret} characters.`,
      'Whoever guesses it can speak as an agent. Enter a long random text as "Webhook secret" and in the Chat Webhooks of your LiveChat app.',
    )
  },
}

const hasSpaces = (secret: string): boolean => secret !== secret.trim()

const refuseSpaces = (title: string): Finding =>
  problem(
    `"${title}" begins or ends with a space.`,
    `"${title}" begins or ends with a space. Remove it here, and in the Chat Webhooks of your LiveChat app if it is there too.`,
  )
