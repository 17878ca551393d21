import { pages } from '../../definitions/console-pages'
import type { Judge } from './facts'
import { notChecked, ok, problem, warning } from './finding'

/** LiveChat sends an app's webhooks only while the app is installed on the license. */
export const installationCheck: Judge = {
  id: 'appInstalled',
  title: 'App installed',
  judge: ({ agentSide, accepted }) => {
    if (agentSide?.webhooksEnabled.kind === 'known') {
      return agentSide.webhooksEnabled.value
        ? ok('LiveChat sends the webhooks of this app.')
        : problem(
            'LiveChat sends no webhooks of this app.',
            `Open ${pages.installation} and click "Install app", wait two minutes, then save the configuration again.`,
            'app_not_installed',
          )
    }
    return accepted.kind === 'known' && Object.keys(accepted.value).length > 0
      ? ok('Yes: webhooks have arrived.')
      : notChecked('only the first webhook or "Agent access" can show this')
  },
}

/** Only an accepted webhook proves that LiveChat has the right URL and secret. */
export const lastWebhookCheck: Judge = {
  id: 'lastWebhook',
  title: 'Last webhook',
  judge: ({ accepted }) => {
    if (accepted.kind === 'unasked') return notChecked(accepted.why)
    if (accepted.kind === 'failed') return notChecked('Botpress did not tell')
    const times = Object.entries(accepted.value).sort(([, a], [, b]) => b - a)
    if (times.length > 0) {
      return ok(
        `Accepted last: ${times.map(([action, atMs]) => `${action} ${new Date(atMs).toISOString()}`).join(', ')}.`,
      )
    }
    return warning(
      'No webhook has been recorded yet. The time is recorded at most once an hour, and not in the first half minute.',
      'Start a session, let an agent answer and close the chat, with a minute in between. If the answer does not reach the end user, compare URL, secret and type of the three Chat Webhooks with the guide, and see whether the app is installed; "webhook_refused" in the log means another secret.',
    )
  },
}
