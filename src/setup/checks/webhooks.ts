import { pages } from '../../definitions/console-pages'
import type { LiveChatWebhook } from '../../livechat/agent-schema'
import type { NewWebhook } from '../../livechat/configuration-api'
import { descriptionStart, isExact, isOwn, type InstallationWebhooks } from '../webhooks/wanted-webhooks'
import { plain } from './error-words'
import type { Judge } from './facts'
import { notChecked, ok, problem, warning, type Finding } from './finding'

/** A session does not work without these. The other actions are optional. */
const baseActions = ['incoming_event', 'chat_deactivated', 'chat_transferred']
/** LiveChat's limit of webhooks for one action of one app. */
const maxPerAction = 3

/**
 * Whether LiveChat lists the webhooks that this installation needs. Without agent access, only a webhook that arrives
 * shows this.
 */
export const webhooksCheck: Judge = {
  id: 'webhooks',
  title: 'Chat Webhooks',
  judge: ({ agentSide, accepted }) => {
    if (agentSide) {
      const { webhooks } = agentSide
      return webhooks.kind === 'known' ? worstOf(judgeAll(webhooks.value)) : notChecked('LiveChat did not list them')
    }
    const came = accepted.kind === 'known' ? accepted.value : {}
    return came['incoming_event'] !== undefined && came['chat_deactivated'] !== undefined
      ? ok('They cannot be seen without "Agent access", but they arrive.')
      : notChecked('they cannot be seen without "Agent access"')
  },
}

const judgeAll = ({ wanted, tolerated, seen }: InstallationWebhooks & { seen: LiveChatWebhook[] }): Finding[] => {
  const isTolerated = (webhook: LiveChatWebhook): boolean => tolerated.some((each) => isExact(webhook, each))
  const judged = seen.filter((webhook) => !isTolerated(webhook))
  return wanted.flatMap((each) => judgeOne(each, judged))
}

const judgeOne = (wanted: NewWebhook, all: LiveChatWebhook[]): Finding[] => {
  const { action, url } = wanted
  const same = all.filter((webhook) => webhook.action === action)
  const here = same.filter((webhook) => webhook.url === url)
  const good = here.filter((webhook) => isExact(webhook, wanted) || (!isOwn(webhook, url) && tellsEnough(webhook)))
  if (good.length > 0) return here.length > 1 ? [twice(action, here)] : []
  const bad = baseActions.includes(action) ? problem : warning
  if (here.some((webhook) => isOwn(webhook, url))) {
    return [bad(`${action} was registered for another secret or by another version.`, saveAgain)]
  }
  if (here[0]) return [bad(`${action} ${whatIsWrong(here[0])}.`, mend(action, url))]
  if (same.length >= maxPerAction) {
    return [
      bad(
        `All ${maxPerAction} webhooks for ${action} go elsewhere: ${same.map(hostOf).join(', ')}.`,
        `LiveChat allows ${maxPerAction} webhooks for "${action}" in one app. Remove one that is no longer needed (${pages.webhooks}), or use an app of its own for this bot, then save the configuration again.`,
      ),
    ]
  }
  const elsewhere = same.length > 0 ? `, only to another address: ${same.map(hostOf).join(', ')}` : ''
  return [bad(`There is no webhook for ${action} to this bot${elsewhere}.`, mend(action, url))]
}

const tellsEnough = (webhook: LiveChatWebhook): boolean => whatIsWrong(webhook) === undefined

/**
 * The type or filter because of which the bot does not get agents' messages or the ends of sessions. `undefined` if
 * there is none.
 */
const whatIsWrong = ({ type, filters = {} }: LiveChatWebhook): string | undefined => {
  if (type === 'bot') return 'has the type bot instead of license'
  if (filters['author_type'] === 'customer') return 'has the filter author_type customer instead of agent'
  const sources = filters['source_type']
  if (Array.isArray(sources) && !sources.includes('other_clients')) return 'has a source_type without other_clients'
  return filters['chat_presence'] === undefined ? undefined : 'has a filter chat_presence'
}

const saveAgain = 'Save the configuration again: with "Agent access" the integration then registers its webhooks anew.'

const mend = (action: string, url: string): string =>
  `${saveAgain} By hand: ${pages.webhooks}, trigger ${action}, type license, filter none or author type agent, URL exactly: ${url}`

const twice = (action: string, all: LiveChatWebhook[]): Finding => {
  const byHand = all.filter(({ description = '' }) => !description.startsWith(descriptionStart)).map(nameOf)
  const which = byHand.length > 0 ? `, of which these were made by hand: ${byHand.join(', ')}` : ''
  return warning(
    `There are several webhooks for ${action} to this bot${which}. LiveChat delivers each event more than once. End users still see it once.`,
    `Remove those without the description "${descriptionStart}" (${pages.webhooks}).`,
  )
}

/** A webhook that was made by hand, or by another integration, may have any description. */
const nameOf = ({ id, description }: LiveChatWebhook): string =>
  `${description === undefined || description === '' ? 'without a description' : `"${plain(description)}"`} (id ${plain(id)})`

/** Shows only the host. The host says to whom the webhook belongs, and the rest of a URL may contain secrets. */
const hostOf = ({ url }: LiveChatWebhook): string => plain(URL.canParse(url) ? new URL(url).host : '')

/** Joins all findings of the worst status into one. A fix that several findings share appears once. */
const worstOf = (findings: Finding[]): Finding => {
  const problems = findings.filter(({ status }) => status === 'problem')
  const worst = problems.length > 0 ? problems : findings
  const fixes = worst.flatMap(({ fix }) => fix ?? [])
  const [status] = worst.map((finding) => finding.status)
  if (!status) return ok('All of them are there, once, with the right address and filters.')
  const isMany = new Set(fixes).size > 1
  return {
    status,
    issue: status === 'problem' ? 'webhook_missing' : undefined,
    seen: worst.map(({ seen }) => seen).join(' '),
    fix: isMany && fixes.every((fix) => fix.startsWith(saveAgain)) ? saveAgain : [...new Set(fixes)].join(' '),
  }
}
