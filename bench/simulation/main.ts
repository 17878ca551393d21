import { startSandbox, webhookSecret, type Sandbox } from '../../sandbox/start-sandbox'
import { buildBundle } from '../../tools/build'
import { printsHelp } from '../../tools/help'
import { inFlight } from '../in-flight'
import { percentiles } from '../statistics'
import { limitPlatform, type Limit } from './limits'

const help = `npm run simulate [-- --sessions <number>] [--burst <number>]

Runs many sessions at once on the emulators, with the limits of both vendors
scaled down. Shows which limit is reached first, and what happens to the
messages then. Takes minutes.

  --sessions <number>  how many at once (10000)
  --burst <number>     how many messages in one moment (400)`

const numberAfter = (flag: string, otherwise: number): number => {
  const value = process.argv[process.argv.indexOf(flag) + 1]
  return process.argv.includes(flag) ? Number(value) : otherwise
}
const sessionCount = numberAfter('--sessions', 10_000)
const burstSize = numberAfter('--burst', 400)

/** Botpress allows 100 requests a second. Here it allows a quarter of that, up to a second's worth at once. */
const botpressLimit: Limit = {
  perSecond: 25,
  burst: 25,
  counts: (route) => route.includes('/v1/'),
  refusal: {
    kind: 'status',
    status: 429,
    body: { code: 429, type: 'RateLimited', message: 'Too many requests', id: 'x' },
  },
}
/** LiveChat publishes no number. */
const livechatLimit: Limit = {
  perSecond: 25,
  burst: 25,
  counts: (route) => route.startsWith('customer/'),
  refusal: {
    kind: 'status',
    status: 429,
    body: { error: { type: 'too_many_requests', message: 'Too many requests' } },
  },
}

type Session = { userId: string; conversationId: string; chatId: string; threadId: string }

const seconds = (ms: number): string => (ms / 1000).toFixed(1)
const say = (text: string): void => console.log(text)

const openSessions = async (sandbox: Sandbox): Promise<Session[]> => {
  const { installation } = sandbox
  const startedMs = performance.now()
  const mark = sandbox.ledger.mark()
  const sessions = await inFlight(sessionCount, 40, async (index) => {
    const { userId } = await installation.runAction('createUser', { name: 'Teal', email: `teal${index}@example.com` })
    const { conversationId } = await installation.runAction('startHitl', { userId, messageHistory: [] })
    if ((index + 1) % 1_000 === 0) say(`  ${index + 1} sessions after ${seconds(performance.now() - startedMs)} s`)
    return { userId: String(userId), conversationId: String(conversationId), chatId: '', threadId: '' }
  })
  await sandbox.settle()
  const byId = new Map(installation.conversations().map((conversation) => [conversation.id, conversation.tags]))
  for (const session of sessions) {
    const tags = byId.get(session.conversationId) ?? {}
    session.chatId = tags['livechatChatId'] ?? ''
    session.threadId = tags['livechatThreadId'] ?? ''
  }
  const calls = sandbox.ledger.since(mark, { kind: 'call' }).length
  say(`${sessions.length} sessions open, ${(calls / sessions.length).toFixed(1)} calls each`)
  return sessions
}

let written = 0

/** Delivers an agent's message as LiveChat does: redelivers it after 10, 25 and 45 s until it is answered with 200. */
const deliver = async (sandbox: Sandbox, session: Session): Promise<{ tries: number; tookMs: number; ok: boolean }> => {
  written += 1
  const body = JSON.stringify({
    webhook_id: 'simulation',
    secret_key: webhookSecret,
    action: 'incoming_event',
    payload: {
      chat_id: session.chatId,
      thread_id: session.threadId,
      event: {
        id: `SIM${written}_1`,
        type: 'message',
        text: 'Have you tried to switch it off and on again?',
        author_id: 'amber@example.com',
        visibility: 'all',
        created_at: new Date().toISOString(),
      },
    },
  })
  const startedMs = performance.now()
  const retryAtMs = [10_000, 25_000, 45_000]
  for (let tries = 1; ; tries += 1) {
    const { status } = await sandbox.postWebhook(body)
    const tookMs = performance.now() - startedMs
    const nextAtMs = retryAtMs[tries - 1]
    if (status === 200 || nextAtMs === undefined) return { tries, tookMs, ok: status === 200 }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextAtMs - tookMs)))
  }
}

const burst = async (sandbox: Sandbox, sessions: Session[], what: string, refused: () => number): Promise<void> => {
  const before = refused()
  const mark = sandbox.ledger.mark()
  const messagesBefore = sandbox.installation.messages().length
  const size = Math.min(burstSize, sessions.length)
  const step = Math.max(1, Math.floor(sessions.length / size))
  const chosen = sessions.filter((_, index) => index % step === 0).slice(0, size)
  const results = await Promise.all(chosen.map((session) => deliver(sandbox, session)))
  await sandbox.settle()
  const times = percentiles(results.filter(({ ok }) => ok).map(({ tookMs }) => tookMs))
  const tries = results.reduce((sum, result) => sum + result.tries, 0)
  const arrived = sandbox.installation.messages().length - messagesBefore
  const calls = sandbox.ledger.since(mark, { kind: 'call' }).filter(({ name }) => name !== 'webhook/receive').length
  const lost = results.filter(({ ok }) => !ok).length
  say(
    `${what}: ${chosen.length} messages at once, ${arrived} arrived, ${lost} never; deliveries ${tries}, calls ${calls}, ` +
      `refused ${refused() - before}; p50 ${seconds(times.p50)} s, p95 ${seconds(times.p95)} s, last ${seconds(times.p99)} s`,
  )
}

const userBurst = async (
  sandbox: Sandbox,
  people: { userId: string; say: (text: string) => Promise<void> }[],
  what: string,
  refused: () => number,
): Promise<void> => {
  const before = refused()
  const mark = sandbox.ledger.mark()
  const startedMs = performance.now()
  await Promise.all(people.map((person) => person.say('It still leaks.')))
  await sandbox.settle()
  const operations = sandbox.ledger.since(mark, { kind: 'delivery', name: 'operation/message_created' })
  const failed = operations.filter(({ status }) => status !== 200).length
  const arrived = sandbox.ledger.since(mark, { kind: 'call', name: 'customer/send_event' })
  const took = percentiles(operations.map(({ startedMs: from = 0, endedMs: to = 0 }) => to - from))
  say(
    `${what}: ${people.length} messages at once, ${arrived.filter(({ status }) => status === 200).length} arrived, ` +
      `${failed} reported to the bot's owner as failed; refused ${refused() - before}; ` +
      `p50 ${seconds(took.p50)} s, p95 ${seconds(took.p95)} s, all after ${seconds(performance.now() - startedMs)} s`,
  )
}

const main = async (): Promise<void> => {
  if (printsHelp(help)) return
  await buildBundle()
  const sandbox = await startSandbox({ livechatKnobs: { inactivityMs: 24 * 3_600_000 } })
  try {
    const botpress = limitPlatform(sandbox.faults.botpress)
    const livechat = limitPlatform(sandbox.faults.livechat)
    // One agent takes all chats. An agent's own limit is LiveChat's matter.
    sandbox.livechat.license.addAgent({ email: 'amber@example.com', name: 'Agent Amber', maxChats: Infinity })
    sandbox.livechat.knobs.chatTransferredOnFirstAssignment = 'never'

    say(`Opening ${sessionCount} sessions, 40 at a time, without limits`)
    const sessions = await openSessions(sandbox)
    const people = await inFlight(100, 10, async (index) => {
      const person = sandbox.installation.endUser({ name: 'Plum', email: `plum${index}@example.com` })
      await person.askForHuman({})
      return person
    })
    // The integration learns who the agent is from the first message that LiveChat itself delivers.
    await sandbox.settle()
    await sandbox.advance(10_000)
    sandbox.livechat.desk.say(sessions[0]?.chatId ?? '', 'amber@example.com', 'Hello')
    await sandbox.settle()

    await burst(sandbox, sessions, 'No limit', botpress.refused)
    await burst(sandbox, sessions, 'No limit, again', botpress.refused)
    botpress.set(botpressLimit)
    await burst(sandbox, sessions, 'Botpress takes 25 requests a second', botpress.refused)
    botpress.set(undefined)
    botpress.slowDown(3_000)
    await burst(sandbox, sessions, 'Botpress answers after 3 s', botpress.refused)
    botpress.slowDown(9_000)
    await burst(
      sandbox,
      sessions.slice(0, 50),
      'Botpress answers after 9 s, later than a webhook may wait',
      botpress.refused,
    )
    botpress.slowDown(0)
    await userBurst(sandbox, people, 'End users, no limit', livechat.refused)
    livechat.set(livechatLimit)
    await userBurst(sandbox, people, 'End users, LiveChat takes 25 requests a second', livechat.refused)
    livechat.set(undefined)
    livechat.slowDown(3_000)
    await userBurst(sandbox, people, 'End users, LiveChat answers after 3 s', livechat.refused)
  } finally {
    await sandbox.close()
  }
}

void main()
