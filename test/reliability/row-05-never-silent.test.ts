import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OperationFailed } from '../../sandbox/botpress'
import type { FaultEffect } from '../../sandbox/faults'
import { errorFault } from '../../sandbox/livechat'
import { amber, type Sandbox } from '../../sandbox/start-sandbox'
import { startTalk } from '../helpers/talk'
import { closeAll, startWithOneAgent } from './helpers/deliveries'
import { fullTimeoutMs, isFull, record, timeScale } from './helpers/measure'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startWithOneAgent({ timeScale })
})
afterEach(() => sandbox.close())

type Operation = 'send' | 'upload' | 'start' | 'resume' | 'stop'
/**
 * `heals`: succeeds although the first attempt failed. `done`: counts as success at once. `fails`: fails, with a text
 * that names the cause. A stop itself never fails: what counts is whether the owner is told of an open chat.
 */
type Outcome = 'heals' | 'done' | 'fails'

const routes: Record<Operation, string> = {
  send: 'customer/send_event',
  upload: 'customer/upload_file',
  start: 'customer/start_chat',
  resume: 'customer/resume_chat',
  stop: 'customer/deactivate_chat',
}

/**
 * For each error of section 7.2 of LiveChat's reference: what it means, and the words by which a bot's owner recognises
 * the cause.
 */
const types: Record<string, { outcome: Outcome; cause: RegExp; besides?: Partial<Record<Operation, Outcome>> }> = {
  authentication: { outcome: 'heals', cause: /token/ },
  too_many_requests: { outcome: 'heals', cause: /limiting/ },
  internal: { outcome: 'heals', cause: /could not be reached|took too long/ },
  request_timeout: { outcome: 'heals', cause: /could not be reached|took too long/ },
  service_unavailable: { outcome: 'heals', cause: /could not be reached|took too long/ },
  misdirected_request: { outcome: 'heals', cause: /region/ },
  // Without system messages the bot speaks as labelled text.
  authorization: { outcome: 'fails', cause: /not allow/, besides: { start: 'heals', resume: 'heals' } },
  // A start without system messages, or an upload that becomes a link, may still work.
  validation: {
    outcome: 'fails',
    cause: /does not accept what/,
    besides: { start: 'heals', resume: 'heals', upload: 'done' },
  },
  limit_reached: { outcome: 'fails', cause: /limit_reached/, besides: { resume: 'heals' } },
  chat_limit_reached: { outcome: 'fails', cause: /open chat/, besides: { resume: 'heals' } },
  chat_already_active: { outcome: 'fails', cause: /already open/, besides: { resume: 'heals' } },
  chat_inactive: { outcome: 'fails', cause: /closed/, besides: { stop: 'done' } },
  chat_anonymized: { outcome: 'fails', cause: /anonymized/, besides: { stop: 'done', resume: 'done' } },
  customer_banned: { outcome: 'fails', cause: /banned/ },
  groups_offline: { outcome: 'fails', cause: /online/ },
  group_not_found: { outcome: 'fails', cause: /group does not exist/ },
  greeting_not_found: { outcome: 'fails', cause: /greeting/ },
  entity_too_large: { outcome: 'fails', cause: /10 MB/, besides: { upload: 'done' } },
  agent_offline: { outcome: 'fails', cause: /agent is offline/ },
  missing_access: { outcome: 'fails', cause: /give access/, besides: { start: 'heals', resume: 'heals' } },
  not_found: { outcome: 'fails', cause: /no longer has/, besides: { stop: 'done' } },
  already_exists: { outcome: 'fails', cause: /already has/ },
  license_expired: { outcome: 'fails', cause: /expired/ },
  license_not_found: { outcome: 'fails', cause: /Organization ID/ },
  unsupported_version: { outcome: 'fails', cause: /version/ },
  wrong_product_version: { outcome: 'fails', cause: /version/ },
  an_error_never_heard_of: { outcome: 'fails', cause: /an_error_never_heard_of/ },
}
const faults: Record<string, { effect: FaultEffect; cause: RegExp }> = {
  'a reset before': { effect: { kind: 'reset' }, cause: /could not be reached|took too long/ },
  'a reset after': { effect: { kind: 'reset', when: 'after' }, cause: /could not be reached|took too long/ },
  'a timeout': { effect: { kind: 'hang' }, cause: /could not be reached|took too long/ },
  'a timeout after': { effect: { kind: 'hang', when: 'after' }, cause: /could not be reached|took too long/ },
  'a gateway’s page': {
    effect: { kind: 'status', status: 502, body: '<html>' },
    cause: /could not be reached|took too long/,
  },
  'a page as success': { effect: { kind: 'junk', body: '<html>', when: 'after' }, cause: /form that/ },
  'a wrong schema': { effect: { kind: 'junk', body: '{"chat":7}', when: 'after' }, cause: /form that/ },
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Runs the operation under the fault. Returns whether it took effect, and what the bot's owner was told. */
const attempt = async (
  operation: Operation,
  effect: FaultEffect,
  times: number,
): Promise<{ effective: boolean; told: string }> => {
  const { installation } = sandbox
  const before = installation.logs().length
  const told = (): string =>
    installation
      .logs()
      .slice(before)
      .map(({ text }) => text)
      .join('\n')
  const break_ = () => sandbox.faults.livechat.add({ route: routes[operation], times, effect })
  if (operation === 'start' || operation === 'resume') {
    const user = installation.endUser({ name: 'Teal' })
    if (operation === 'resume') {
      await user.askForHuman({ title: 'First' })
      await closeAll(sandbox)
      await sandbox.advance(10_000)
    }
    const heal = break_()
    const result = await user.askForHuman({ title: 'Try' })
    heal()
    await sandbox.settle()
    return { effective: result.started, told: result.started ? told() : `${result.reason} ${told()}` }
  }
  const talk = await startTalk(sandbox)
  const heal = break_()
  try {
    if (operation === 'stop') {
      const mark = sandbox.integration.logs().length
      await installation.runAction('stopHitl', { conversationId: talk.conversationId })
      const told = sandbox.integration
        .logs()
        .slice(mark)
        .find((line) => line.includes('chat_left_open'))
      return { effective: told === undefined, told: told ?? '' }
    }
    if (operation === 'send') await talk.user.say('Hello there')
    else
      await talk.user.sendImage(sandbox.botpress.addPublicFile({ name: 'a.png', contentType: 'image/png', bytes: png }))
    await sandbox.settle()
    const seen = talk.agentSees().filter((line) => /Hello there|\[file\]|An image/.test(line)).length
    return { effective: seen === 1, told: told() }
  } catch (error) {
    if (!(error instanceof OperationFailed)) throw error
    return { effective: false, told: error.message }
  } finally {
    heal()
  }
}

const operations: [Operation, ...Operation[]] = ['send', 'upload', 'start', 'resume', 'stop']

describe('row 5: a failed send is never silent', () => {
  it.each(operations)(
    '%s: every type of error heals, counts as done, or fails with a text that names the cause',
    async (operation) => {
      const wrong: string[] = []
      let n = 0
      for (const [index, [type, { outcome, cause, besides }]] of Object.entries(types).entries()) {
        if (!isFull && index % 3 !== operations.indexOf(operation) % 3) continue
        const expected = besides?.[operation] ?? outcome
        const data = type === 'misdirected_request' ? { region: 'dal' } : undefined
        const effect = errorFault(type, 'before', data)
        n += 1
        const once = await attempt(operation, effect, 1)
        const isToldWhy = !once.effective && cause.test(once.told)
        const isDone = once.effective && once.told === ''
        // A file that cannot be uploaded may arrive as a link that says why.
        const isRight = expected === 'fails' ? isToldWhy || (operation === 'upload' && isDone) : isDone
        if (!isRight) wrong.push(`${type} once: expected ${expected}, effective ${once.effective}, told ${once.told}`)
        await closeAll(sandbox)
        if (!isFull || expected !== 'heals' || type === 'validation') continue
        n += 1
        const forever = await attempt(operation, effect, Infinity)
        const isLink = operation === 'upload' && forever.effective && forever.told === ''
        const isTold = isLink || (!forever.effective && cause.test(forever.told))
        if (!isTold) wrong.push(`${type} forever: effective ${forever.effective}, told ${forever.told}`)
        await closeAll(sandbox)
        // A process remembers in which voice the bot may speak, and in its last voice it has no other to try.
        await sandbox.integration.restart()
      }
      for (const [index, [name, { effect, cause }]] of Object.entries(faults).entries()) {
        if (!isFull && index % 3 !== operations.indexOf(operation) % 3) continue
        n += 1
        const once = await attempt(operation, effect, 1)
        const isRight = once.effective ? once.told === '' : cause.test(once.told)
        if (!isRight) wrong.push(`${name} once: effective ${once.effective}, told ${once.told}`)
        await closeAll(sandbox)
        if (!isFull) continue
        n += 1
        const forever = await attempt(operation, effect, Infinity)
        const isTold = forever.effective ? forever.told === '' : cause.test(forever.told)
        if (!isTold) wrong.push(`${name} forever: effective ${forever.effective}, told ${forever.told}`)
        await closeAll(sandbox)
      }
      record({ row: 5, what: `failures of ${operation}`, n, failures: wrong.length })
      expect(wrong).toEqual([])
    },
    fullTimeoutMs,
  )

  it('a thread that an agent closes during a send ends the session, and the message is reported', async () => {
    const talk = await startTalk(sandbox)
    sandbox.faults.botpress.add({ route: 'webhook/receive', times: Infinity, effect: { kind: 'status', status: 502 } })
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await talk.user.say('Too late')
    await sandbox.settle()
    await sandbox.advance(2_000)
    expect(talk.user.session.active).toBe(false)
    expect(sandbox.installation.logs().at(-1)?.text).toMatch(/the LiveChat chat is closed/)
  })
})
