import { afterEach, beforeEach, expect, it } from 'vitest'
import { greetingPath, hookPath, startReceiver, type Receiver } from './receiver'

let receiver: Receiver
beforeEach(async () => {
  receiver = await startReceiver({ port: 0, secret: 'right', runId: 'a1b2' })
})
afterEach(() => receiver.close())

const address = (path: string): string => `http://127.0.0.1:${receiver.port}${path}`
const deliver = async (secret: string, hook = 'words'): Promise<number> => {
  const body = JSON.stringify({ secret_key: secret, action: 'incoming_event', payload: { chat_id: 'c' } })
  return (await fetch(address(hookPath('a1b2', hook)), { method: 'POST', body })).status
}

it('notes deliveries with the right secret under the name of their webhook, and refuses others', async () => {
  expect([await deliver('right'), await deliver('wrong'), await deliver('')]).toEqual([200, 403, 403])
  expect(receiver.arrivals()).toEqual([
    { hook: 'words', action: 'incoming_event', payload: { chat_id: 'c' }, hasAdditionalData: false, order: 0 },
  ])
})

it('has no other door than its greeting', async () => {
  expect(await (await fetch(address(greetingPath('a1b2')))).text()).toBe('a1b2')
  expect((await fetch(address('/'))).status).toBe(404)
  expect((await fetch(address(hookPath('a1b2', 'words')))).status).toBe(404)
  const body = 'x'.repeat(2 * 1024 * 1024)
  const tooLong = fetch(address(hookPath('a1b2', 'words')), { method: 'POST', body })
  expect(await tooLong.then(({ status }) => status).catch(() => 'broken off')).not.toBe(200)
  expect(receiver.arrivals()).toEqual([])
})

it('fails one delivery, and holds one back until it is released', async () => {
  receiver.failNext(() => true)
  expect([await deliver('right'), await deliver('right')]).toEqual([500, 200])
  const held = receiver.holdNext(() => true)
  const delivery = deliver('right')
  await held.arrived
  expect(receiver.arrivals()).toHaveLength(3)
  held.release()
  expect(await delivery).toBe(200)
})
