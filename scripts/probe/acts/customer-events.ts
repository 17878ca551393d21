import { Refused, type Answer } from '../calls'
import {
  chatOf,
  closeAsAgent,
  eventIn,
  message,
  openServedThread,
  readAsAgent,
  readAsCustomer,
  type Draft,
} from '../chats'
import type { ProbeCustomer } from '../customer'
import { textAt } from '../json'
import { CannotSee, type Tell } from '../sighting'
import type { Stage } from '../stage'
import type { Act } from './act'

/** What a customer may send, and who sees it. */
export const customerEvents: Act = {
  title: 'What customers send',
  beliefs: [
    'refuseSystemMessageFromCustomer',
    'refuseSystemMessageRecipients',
    'customerSystemMessageSeenByCustomer',
    'defaultSystemMessageRecipients',
    'unknownSystemMessageTypesShown',
    'refuseFilledFormFromCustomer',
    'markdown',
    'openFile',
  ],
  play: async (stage, tell) => {
    const { first } = stage.customers
    await openServedThread(stage, first)
    const plain = message(`${stage.runId}-bold`, `Probe: **bold** or not?`)
    const answer = await send(first, plain)
    if (!answer.isOk) throw new CannotSee(new Refused('send_event', answer).message)

    await lookAtSystemMessages(stage, tell)
    await lookAtForm(stage, tell)
    await lookAtFile(stage, tell)
    const isBold = await stage.hands.see(
      'boldText',
      chatOf(first),
      '**bold**',
      `In LiveChat's app, in the chat of “${first.name}”: is “bold” printed in bold?`,
    )
    tell(
      'markdown',
      isBold === undefined
        ? { notSeen: 'only somebody who looks at the app can tell' }
        : { seen: isBold ? 'Yes' : 'No: with its asterisks', control: 'the message was accepted' },
    )
    await closeAsAgent(stage, first)
  },
}

const send = (customer: ProbeCustomer, event: Draft): Promise<Answer> =>
  customer.call('send_event', { chat_id: chatOf(customer), event })

const systemMessage = (customId: string, type: string, more: Record<string, unknown> = {}): Draft => ({
  type: 'system_message',
  custom_id: customId,
  system_message_type: type,
  text: `Probe line ${customId}`,
  ...more,
})

const lookAtSystemMessages = async (stage: Stage, tell: Tell): Promise<void> => {
  const { first } = stage.customers
  const ids = { open: `${stage.runId}-open`, toAll: `${stage.runId}-all`, unknown: `${stage.runId}-unknown` }
  const open = await send(first, systemMessage(ids.open, 'custom'))
  tell('refuseSystemMessageFromCustomer', {
    value: open.errorType ?? false,
    seen: `It was ${open.outcome}`,
    control: "the same customer's plain message was accepted",
  })
  if (!open.isOk) {
    const notSeen = 'customers cannot send system messages here'
    tell('refuseSystemMessageRecipients', { notSeen })
    tell('customerSystemMessageSeenByCustomer', { notSeen })
    tell('defaultSystemMessageRecipients', { notSeen })
    tell('unknownSystemMessageTypesShown', { notSeen })
    return
  }
  const toAll = await send(first, systemMessage(ids.toAll, 'custom', { recipients: 'all' }))
  tell('refuseSystemMessageRecipients', {
    value: !toAll.isOk,
    seen: `It was ${toAll.outcome}`,
    control: 'the same message without it was accepted',
  })
  await lookAtReaders(stage, tell, ids, toAll.isOk)
  await lookAtApp(stage, tell, ids, toAll.isOk)
}

type Ids = { open: string; toAll: string; unknown: string }

/** Who reads the two messages: agents must read both, else nothing is known. */
const lookAtReaders = async (stage: Stage, tell: Tell, ids: Ids, hasToAll: boolean): Promise<void> => {
  const { first } = stage.customers
  const [byAgent, byCustomer] = [await readAsAgent(stage, first), await readAsCustomer(first)]
  const isPlainRead = eventIn(byCustomer, `${stage.runId}-bold`) !== undefined
  const isRead = (id: string): boolean | undefined =>
    isPlainRead && eventIn(byAgent, id) !== undefined ? eventIn(byCustomer, id) !== undefined : undefined
  const isOpenRead = isRead(ids.open)
  const isToAllRead = hasToAll ? isRead(ids.toAll) : isOpenRead === true ? true : undefined

  const control = 'agents read it, and the customer reads the own plain message'
  tell(
    'customerSystemMessageSeenByCustomer',
    isToAllRead === undefined
      ? { notSeen: hasToAll ? 'agents do not read it' : 'recipients is refused, and without it no customer reads it' }
      : { value: isToAllRead, seen: isToAllRead ? 'Yes' : 'No', control },
  )
  tell(
    'defaultSystemMessageRecipients',
    isOpenRead === true
      ? { value: 'all', seen: 'The customer reads it', control }
      : isOpenRead === false && hasToAll && isToAllRead === true
        ? { value: 'agents', seen: 'Only agents read it', control: 'the customer reads the one with recipients: all' }
        : { notSeen: 'the customer reads none of these messages' },
  )
}

const lookAtApp = async (stage: Stage, tell: Tell, ids: Ids, hasToAll: boolean): Promise<void> => {
  const { customers, hands } = stage
  const chatId = chatOf(customers.first)
  const type = 'botpress_probe'
  const unknown = await send(customers.first, systemMessage(ids.unknown, type, hasToAll ? { recipients: 'all' } : {}))
  if (!unknown.isOk) return tell('unknownSystemMessageTypesShown', { notSeen: `the type was ${unknown.outcome}` })
  const look = (kind: 'customSystemMessage' | 'unknownSystemMessage', id: string) => {
    const text = `Probe line ${id}`
    return hands.see(kind, chatId, text, `In LiveChat's app: do you see the line “${text}”?`)
  }
  const isKnownShown = await look('customSystemMessage', hasToAll ? ids.toAll : ids.open)
  const isShown = isKnownShown === undefined ? undefined : await look('unknownSystemMessage', ids.unknown)
  tell(
    'unknownSystemMessageTypesShown',
    isShown === undefined
      ? { notSeen: 'only somebody who looks at the app can tell' }
      : isShown || isKnownShown === true
        ? { value: isShown, seen: isShown ? 'Yes' : 'No', control: 'the app shows the type custom beside it' }
        : { notSeen: 'the app does not even show the type custom' },
  )
}

const lookAtForm = async ({ runId, customers }: Stage, tell: Tell): Promise<void> => {
  const field = { type: 'name', id: '1', label: 'Name', answer: 'Probe' }
  const form = { type: 'filled_form', custom_id: `${runId}-form`, form_id: 'probe', fields: [field] }
  const { isOk, outcome } = await send(customers.first, form)
  tell('refuseFilledFormFromCustomer', {
    value: !isOk,
    seen: `It was ${outcome}`,
    control: "the same customer's plain message was accepted",
  })
}

const lookAtFile = async ({ customers, livechat, runId }: Stage, tell: Tell): Promise<void> => {
  const bytes = new TextEncoder().encode('A file of the probe.\n')
  const uploaded = await customers.first.upload(`probe-${runId}.txt`, bytes)
  const url = textAt(uploaded.body, 'url')
  if (url === undefined) return tell('openFile', { notSeen: `the upload was ${uploaded.outcome}` })
  const sent = await send(customers.first, { type: 'file', custom_id: `${runId}-file`, url })
  if (!sent.isOk) return tell('openFile', { notSeen: `the file was ${sent.outcome}` })
  const [status, wrong] = [await livechat.fileStatus(url), await livechat.fileStatus(`${url}-not`)]
  if (wrong === 200) return tell('openFile', { notSeen: 'a wrong address is answered in the same way' })
  tell('openFile', {
    seen: status === 200 ? 'Yes, right after it was sent' : `No: HTTP ${status}`,
    control: `an address with another ending gets HTTP ${wrong}`,
  })
}
