import { afterEach, describe, expect, it } from 'vitest'
import { amber, startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { agentSays, startTalk } from '../../helpers/talk'

/**
 * A license also has chats of other bots and of agents themselves. Their webhooks arrive here if no filter keeps them
 * away.
 */

let sandbox: Sandbox
afterEach(() => sandbox.close())

const platformCalls = (mark: number): number =>
  sandbox.ledger.since(mark, { side: 'botpress', kind: 'call' }).filter(({ name }) => name !== 'webhook/receive').length

const say = (ids: { chat_id: string; thread_id: string }, eventId: string): Promise<number> =>
  sandbox.deliverWebhook('incoming_event', {
    ...ids,
    event: { id: eventId, type: 'message', text: eventId, author_id: amber.email, visibility: 'all' },
  })

describe('a chat that is no session of this bot', () => {
  it('is answered with 200, creates nothing, and costs no more calls after its first half minute', async () => {
    sandbox = await startSandbox()
    const foreign = { chat_id: 'F0RE1GNCHT', thread_id: 'F0RE1GNTHR' }
    const before = sandbox.installation.conversations().length
    await say(foreign, 'first')
    await sandbox.advance(31_000)
    await say(foreign, 'second')
    const mark = sandbox.ledger.mark()
    for (let index = 0; index < 50; index += 1) expect(await say(foreign, `later-${index}`)).toBe(200)
    await sandbox.deliverWebhook('chat_transferred', { ...foreign, transferred_to: { agent_ids: [amber.email] } })
    await sandbox.deliverWebhook('chat_deactivated', foreign)
    expect(platformCalls(mark)).toBe(0)
    expect(sandbox.installation.conversations()).toHaveLength(before)
  })

  it('does not make its next thread be ignored, which may be a session', async () => {
    sandbox = await startSandbox()
    const first = await startTalk(sandbox)
    await say({ chat_id: first.chatId, thread_id: 'EARL1ERTHR' }, 'once')
    await sandbox.advance(31_000)
    await say({ chat_id: first.chatId, thread_id: 'EARL1ERTHR' }, 'twice')
    await agentSays(sandbox, first.chatId, 'Still with you')
    expect(first.userSees().at(-1)).toBe('Agent Amber: Still with you')
  })
})
