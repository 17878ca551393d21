import { pages } from '../../definitions/console-pages'
import type { Judge } from './facts'
import { ok, problem, warning, type Finding } from './finding'

export const judgeSettings = (problems: string[]): Finding =>
  problems.length === 0
    ? ok('All fields are filled in correctly.')
    : problem(`${problems.join('; ')}.`, correctFields(problems))

export const correctFields = (problems: string[]): string =>
  `Correct in the integration's configuration: ${problems.join('; ')}.`

const shortSecret = 12

/** If somebody copies a space or quotes with the secret, we refuse every webhook, and LiveChat shows no error. */
export const secretCheck: Judge = {
  id: 'webhookSecret',
  title: 'Webhook secret',
  judge: ({ settings: { webhookSecret, previousWebhookSecret = '' } }) => {
    for (const [title, secret] of [
      ['Webhook secret', webhookSecret],
      ['Previous webhook secret', previousWebhookSecret],
    ] as const) {
      if (secret !== secret.trim()) return wronglyCopied(title, 'begins or ends with a space')
      if (/^(["']).*\1$/s.test(secret)) return wronglyCopied(title, 'is in quotes')
    }
    if (webhookSecret.length >= shortSecret) return ok('It is long enough and has no spaces around it.')
    return warning(
      `It has fewer than ${shortSecret} characters.`,
      `Whoever guesses it can speak as an agent. Enter a long random text as "Webhook secret" and as the secret key of the Chat Webhooks: ${pages.webhooks}.`,
    )
  },
}

const wronglyCopied = (title: string, what: string): Finding =>
  problem(
    `"${title}" ${what}.`,
    `"${title}" ${what}. Correct it here. If the secret key of the Chat Webhooks has the same, correct it there, too: ${pages.webhooks}.`,
  )
