import { describe, expect, it } from 'vitest'
import { budgets } from './budgets'

/** The steps of an operation that follow one another in the worst case. */
const { webhook, start, message, stop, diagnose, register, unregister } = budgets
const rows: [string, number, number[]][] = [
  [
    'a message of an unknown agent after a failed delivery',
    webhook.wholeMs,
    [webhook.catchUpMs, webhook.agentProfileMs],
  ],
  ['the first words of an agent after a failed delivery', webhook.wholeMs, [webhook.catchUpMs, webhook.firstWordsMs]],
  [
    'a transfer after a failed delivery',
    webhook.wholeMs,
    [webhook.catchUpMs, webhook.agentProfileMs, webhook.transferCheckMs],
  ],
  ['a changed message after a failed delivery', webhook.wholeMs, [webhook.catchUpMs, webhook.changedEventMs]],
  [
    'a thread without a session',
    webhook.wholeMs,
    [webhook.openerMs, webhook.earlierEndMs, webhook.agentProfileMs, webhook.lastWebhookMs],
  ],
  ['an end', webhook.wholeMs, [webhook.lastReadMs, webhook.chatTagsMs, webhook.lastWebhookMs]],
  ['an end after our own stop', webhook.wholeMs, [webhook.countMs, webhook.chatTagsMs, webhook.lastWebhookMs]],
  ['a stop', stop.wholeMs, [stop.lookUpMs, stop.closingMs, stop.asAgentMs, stop.recordMs]],
  ['a rating', webhook.wholeMs, [webhook.ratingMs, webhook.lastWebhookMs]],
  ['a start', start.openingMs, [start.niceToKnowMs, start.customerCardMs, start.historyFilesMs, start.firstReadMs]],
  ['a failed start', start.wholeMs, [start.openingMs, start.undoMs]],
  ['files and a choice', message.sendingMs, [message.authorNameMs, message.pressMs, message.allUploadsMs]],
  ['a message and what follows it', message.wholeMs, [message.sendingMs, ...Array<number>(3).fill(message.followUpMs)]],
  ['a message that fails', message.wholeMs, [message.untilSentMs, message.tellMs]],
  ['a diagnosis', diagnose.wholeMs, [diagnose.questionMs, diagnose.questionMs]],
  ['a save', register.wholeMs, [diagnose.questionMs, diagnose.questionMs, register.memoryMs, register.memoryMs]],
  ['a daily register', register.wholeMs, [register.readMs, register.memoryMs]],
  ['an uninstallation', unregister.wholeMs, [unregister.clearingMs]],
]

describe('budgets', () => {
  it.each(rows)('%s: the steps fit into the time', (_name, wholeMs, parts) => {
    expect(parts.reduce((sum, partMs) => sum + partMs, 0)).toBeLessThanOrEqual(wholeMs)
  })

  it('a webhook ends before LiveChat gives up, with a second left to report a mistake', () => {
    expect(webhook.wholeMs + 1_000).toBeLessThan(10_000)
  })

  it('a message ends before Botpress is assumed to give up', () => {
    expect(message.wholeMs).toBeLessThan(60_000)
  })

  it('the first read of a start ends inside the plugin’s drop window', () => {
    expect(start.firstReadMs).toBeLessThan(5_000)
  })
})
