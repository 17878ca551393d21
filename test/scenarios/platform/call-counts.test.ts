import { afterEach, describe, expect, it } from 'vitest'
import { isOwnCall, longestChain } from '../../../bench/ledger-cost'
import type { LedgerEntry } from '../../../sandbox/ledger'
import {
  agentScopes,
  amber,
  birch,
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from '../../../sandbox/start-sandbox'
import { agentSays, startTalk, userSays } from '../../helpers/talk'

let sandbox: Sandbox
afterEach(() => sandbox.close())

const open = async (options: SandboxOptions = {}): Promise<void> => {
  // The cost of a webhook is counted for one delivery, and without the call that caused it. In a region that LiveChat
  // must name, a process pays one call more, once per customer.
  const livechatKnobs = {
    webhookDuplicates: 1,
    webhookOrder: 'after',
    region: 'none',
    ...options.livechatKnobs,
  } as const
  sandbox = await startSandbox({ process: { countsSteps: true }, ...options, livechatKnobs })
}

/** Calls that the integration made, in the order of their answers, without what the plugin, agents or LiveChat did. */
const callsSince = (mark: number): LedgerEntry[] => sandbox.ledger.since(mark, { kind: 'call' }).filter(isOwnCall)
const names = (entries: LedgerEntry[]): string[] => entries.map(({ name }) => name)

/** Refused calls until the bot speaks by text. After `validation` it first tries without `recipients`. */
const lessonsOfVoice: Record<string, number> = { validation: 2, authorization: 1, missing_access: 1 }

/** What a process pays once to learn which form LiveChat refuses. */
const learning = (): number => {
  const { refuseSystemMessageFromCustomer, refuseSystemMessageRecipients } = sandbox.livechat.knobs
  return lessonsOfVoice[String(refuseSystemMessageFromCustomer)] ?? Number(refuseSystemMessageRecipients)
}

/** Calls up to and including the one that showed the text to its reader. Fails if there was none. */
const until = (entries: LedgerEntry[], name: string): LedgerEntry[] => {
  expect(names(entries)).toContain(name)
  return entries.slice(0, entries.findIndex((entry) => entry.name === name) + 1)
}

/** Calls that waited for each other until the text was shown to its reader. */
const inARowUntil = (entries: LedgerEntry[], name: string): number => longestChain(until(entries, name))

describe('an agent’s message', () => {
  it('costs one call when the session and the agent are known to the process', async () => {
    await open()
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    const mark = sandbox.ledger.mark()
    await agentSays(sandbox, talk.chatId, 'One more thing')
    expect(names(callsSince(mark))).toEqual(['POST /v1/chat/messages/get-or-create'])
  })

  it.each([
    ['three', {}, 3],
    ['two, if the webhook says whose the chat is', { agentAccess: agentScopes }, 2],
  ])('waits in a process that knows neither for a chain of %s', async (_name, options, inARow) => {
    await open(options)
    const talk = await startTalk(sandbox)
    await agentSays(sandbox, talk.chatId, 'Hello')
    await sandbox.integration.restart()
    const mark = sandbox.ledger.mark()
    await agentSays(sandbox, talk.chatId, 'One more thing')
    const saysWhose = sandbox.livechat.knobs.additionalData !== 'never'
    expect(inARowUntil(callsSince(mark), 'POST /v1/chat/messages/get-or-create')).toBe(saysWhose ? inARow : 3)
  })

  it('waits for a chain of four when nobody has ever seen the agent', async () => {
    await open({ livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: 'never' } })
    const talk = await startTalk(sandbox, { pickUpBy: birch.email })
    await sandbox.integration.restart()
    const mark = sandbox.ledger.mark()
    await agentSays(sandbox, talk.chatId, 'Hello', birch.email)
    const inARow = inARowUntil(callsSince(mark), 'POST /v1/chat/initialize-incoming-message')
    expect(inARow).toBe(4)
  })
})

describe('an end user’s message', () => {
  it('costs one call before the agent sees it', async () => {
    await open()
    const talk = await startTalk(sandbox)
    await userSays(sandbox, talk.user, 'Hello')
    const mark = sandbox.ledger.mark()
    await userSays(sandbox, talk.user, 'One more thing')
    expect(until(callsSince(mark), 'customer/send_event')).toHaveLength(1)
  })

  it('waits in a new process for a chain of two', async () => {
    await open()
    const talk = await startTalk(sandbox)
    await sandbox.integration.restart()
    const mark = sandbox.ledger.mark()
    await userSays(sandbox, talk.user, 'One more thing')
    expect(inARowUntil(callsSince(mark), 'customer/send_event')).toBe(2)
  })
})

describe('a start', () => {
  const startCost = async () => {
    const person = { name: 'Teal', email: 'teal@example.com' }
    const { userId } = await sandbox.installation.runAction('createUser', person)
    const input = { userId, messageHistory: [] }
    const mark = sandbox.ledger.mark()
    await sandbox.installation.runAction('startHitl', input)
    const calls = callsSince(mark)
    await sandbox.settle()
    const learnt = learning()
    return { inAll: calls.length - learnt, inARow: longestChain(calls) - learnt, names: names(calls) }
  }

  // The last two are made in parallel: they tell the flows at once that the chat waits, and record that the start is
  // complete.
  it('of a new end user costs at most 6 calls in a row and 8 in all while nobody is assigned', async () => {
    await open({ livechatKnobs: { autoAssign: false } })
    const cost = await startCost()
    expect(cost.inAll, cost.names.join()).toBeLessThanOrEqual(8)
    expect(cost.inARow, cost.names.join()).toBeLessThanOrEqual(6)
  })

  // Besides the six that open a session: the agent's user, a look-up whether another process has announced the agent,
  // the announcement, and its record in the conversation.
  it('of a new end user costs at most 8 calls in a row and 10 in all with an agent whom the process does not know', async () => {
    // A webhook about the transfer, which comes meanwhile, has calls of its own.
    await open({ livechatKnobs: { chatTransferredOnFirstAssignment: 'never' } })
    const cost = await startCost()
    expect(cost.inAll, cost.names.join()).toBeLessThanOrEqual(10)
    expect(cost.inARow, cost.names.join()).toBeLessThanOrEqual(8)
  })

  it('of a returning end user with a valid token costs at most 5 calls in a row, and one to report the wait', async () => {
    await open({ livechatKnobs: { autoAssign: false }, configuration: { mergeByEmail: true } })
    await startCost()
    const [chat] = sandbox.livechat.desk.chats()
    sandbox.livechat.desk.close(chat?.chatId ?? '', amber.email)
    await sandbox.settle()
    await sandbox.integration.restart()
    const cost = await startCost()
    expect(cost.inARow, cost.names.join()).toBeLessThanOrEqual(6)
    expect(cost.names.slice(-2)).toContain('POST /v1/chat/events')
  })
})

describe('a stop', () => {
  it('costs two calls in the process that knows the session, and at most three in another', async () => {
    await open()
    const warm = await startTalk(sandbox)
    const cold = await startTalk(sandbox)
    let mark = sandbox.ledger.mark()
    await sandbox.installation.runAction('stopHitl', { conversationId: warm.conversationId })
    expect(names(until(callsSince(mark), 'customer/deactivate_chat'))).toEqual([
      'GET /v1/chat/conversations/:id',
      'customer/deactivate_chat',
    ])
    await sandbox.settle()
    await sandbox.integration.restart()
    mark = sandbox.ledger.mark()
    await sandbox.installation.runAction('stopHitl', { conversationId: cold.conversationId })
    expect(until(callsSince(mark), 'customer/deactivate_chat').length).toBeLessThanOrEqual(3)
  })
})

describe('a refused webhook', () => {
  it('costs no call', async () => {
    await open()
    const mark = sandbox.ledger.mark()
    await sandbox.postWebhook('{"secret_key":"wrong"}')
    expect(callsSince(mark)).toEqual([])
  })
})
