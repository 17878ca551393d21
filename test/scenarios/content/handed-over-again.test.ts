import { afterEach, describe, expect, it } from 'vitest'
import type { EndUser } from '../../../sandbox/botpress'
import { startSandbox, type Sandbox } from '../../../sandbox/start-sandbox'
import { png } from '../../helpers/content'
import { createProcesses, type Processes } from '../../helpers/in-process'
import { startTalk, type Talk } from '../../helpers/talk'

/** Botpress may hand over a message again. The agent reads it once. */

let sandbox: Sandbox
let processes: Processes
afterEach(() => sandbox.close())

const open = async (count = 2, repeatAfterMs = 0): Promise<Talk> => {
  processes = createProcesses(count)
  sandbox = await startSandbox({
    startIntegration: processes.start,
    timeScale: 20,
    botpressKnobs: { repeatFailedOperations: true, repeatAfterMs },
  })
  return startTalk(sandbox)
}

/** The next message is handed over twice: the first answer is lost. */
const handOverTwice = (between: () => void): void => {
  sandbox.faults.botpress.add({ route: 'operation/message_created', effect: { kind: 'reset', when: 'after' } })
  const stop = sandbox.ledger.subscribe(({ name, kind }) => {
    if (name !== 'operation/message_created' || kind !== 'delivery') return
    stop()
    between()
  })
}
const later = (): void => void sandbox.clock.advance(20_000)
/** Its address differs each time. */
const picture = expect.stringMatching(/^Teal: \[file\] .*\.png /) as string
const image = (): string => `data:image/png;base64,${png.toString('base64')}`

const messages: [string, (user: EndUser) => Promise<unknown>, string[]][] = [
  ['a text', (user) => user.say('Hello'), ['Teal: Hello']],
  ['a long text', (user) => user.say(`${'a'.repeat(16_000)}b`), [`Teal: ${'a'.repeat(16_000)}`, 'Teal: b']],
  ['a picture', (user) => user.sendImage(image()), [picture]],
  [
    'a text with a picture',
    (user) =>
      user.sendBloc([
        { type: 'text', payload: { text: 'Look' } },
        { type: 'image', payload: { imageUrl: image() } },
      ]),
    ['Teal: Look', picture],
  ],
]

describe.each([
  ['to the same process', 1, () => undefined],
  ['to another process, later', 2, () => (processes.serve(1), later())],
])('a message that is handed over again %s, after it was acknowledged', (_name, count, between) => {
  it.each(messages)('arrives once: %s', async (_what, send, expected) => {
    const talk = await open(count)
    const before = talk.agentSees().length
    handOverTwice(between)
    await send(talk.user)
    await sandbox.settle()
    expect(talk.agentSees().slice(before)).toEqual(expected)
  })
})

describe('a message whose acknowledgement was not stored', () => {
  it('arrives once when Botpress waits 8 s before it hands the message to another process', async () => {
    const talk = await open(2, 8_000)
    const before = talk.agentSees().length
    sandbox.faults.botpress.add({ route: /^PUT .*messages/, effect: { kind: 'status', status: 503 } })
    handOverTwice(() => processes.serve(1))
    const mark = sandbox.ledger.mark()
    const sent = talk.user.say('Hello')
    const attempts = (): number => sandbox.ledger.since(mark, { name: 'operation/message_created' }).length
    await expect.poll(attempts).toBe(1)
    await sandbox.advance(8_000)
    await sent
    await expect.poll(attempts).toBe(2)
    await sandbox.settle()
    expect(talk.agentSees().slice(before)).toEqual(['Teal: Hello'])
  })

  it.each(messages)('arrives once when another process gets it later: %s', async (_what, send, expected) => {
    const talk = await open()
    const before = talk.agentSees().length
    sandbox.faults.botpress.add({ route: /^PUT .*messages/, effect: { kind: 'status', status: 503 } })
    handOverTwice(() => (processes.serve(1), later()))
    await send(talk.user)
    await sandbox.settle()
    expect(talk.agentSees().slice(before)).toEqual(expected)
  })

  it('arrives once although the first attempt broke off in the middle', async () => {
    const talk = await open()
    const before = talk.agentSees().length
    // The second event fails for good, and the process that has sent the first is gone.
    sandbox.faults.livechat.add({
      route: 'customer/send_event',
      skip: 1,
      effect: { kind: 'status', status: 403, body: { error: { type: 'authorization' } } },
    })
    const stop = sandbox.ledger.subscribe(({ name, kind }) => {
      if (name !== 'operation/message_created' || kind !== 'delivery') return
      stop()
      processes.serve(1)
      later()
    })
    await talk.user.say(`${'a'.repeat(16_000)}b`)
    await sandbox.settle()
    expect(talk.agentSees().slice(before)).toEqual([`Teal: ${'a'.repeat(16_000)}`, 'Teal: b'])
  })
})

it('a message that waited behind a slow one is sent, although it is old when it is handed over', async () => {
  const talk = await open(1)
  sandbox.faults.livechat.add({ route: 'customer/send_event', effect: { kind: 'delay', delayMs: 100 } })
  const mark = sandbox.ledger.mark()
  const both = [talk.user.say('First'), talk.user.say('Second')]
  await expect.poll(() => sandbox.ledger.since(mark, { name: 'message_created' }).length).toBeGreaterThan(0)
  await sandbox.clock.advance(8_000)
  await Promise.all(both)
  await sandbox.settle()
  expect(talk.agentSees().slice(-2)).toEqual(['Teal: First', 'Teal: Second'])
})
