import { expect, it } from 'vitest'
import { openPageForEach } from './each-page'
import { keepPicture } from './screenshot'

const present = openPageForEach()

/** LiveChat delivers a refused webhook again after about this long. */
const REDELIVERY_MS = 10_000

it.each([
  // Not the milliseconds of a row's time.
  ['Expire the token', /(?<![.\d])401/],
  ['Rate limit', /fault: status *429/],
  ['Answer slowly', /fault: delay/],
])('%s: what the customer writes next reaches the agent once', async (fault, trace) => {
  const { sides, system } = present()
  await sides.startTalk()
  await sides.inspect('Requests')
  await sides.arm(fault)
  await sides.customerSays('Sent through a fault')
  await sides.transcript.getByText('Sent through a fault').waitFor()
  await sides.inspector.getByRole('button', { name: trace }).first().waitFor()
  await sides.customerSays('And one more')
  await sides.transcript.getByText('And one more').waitFor()
  await system.settle()
  expect(await sides.transcript.getByText('Sent through a fault').count()).toBe(1)
  expect(await sides.inspector.getByText('armed', { exact: false }).count()).toBe(0)
})

it('Lose LiveChat’s next reply, Deliver twice: each message arrives once', async () => {
  const { page, sides, system } = present()
  await sides.startTalk('I would like to talk to a person, please')
  await sides.arm('Lose LiveChat’s next reply')
  await sides.customerSays('Sent while an answer was lost')
  await sides.transcript.getByText('Sent while an answer was lost').waitFor()
  await sides.arm('Expire the token')
  await sides.customerSays('Sent with a token that had ended')
  await sides.transcript.getByText('Sent with a token that had ended').waitFor()
  await sides.arm('Deliver twice')
  await sides.agentSays('Delivered twice, shown once')
  await sides.customer.getByText('Delivered twice').waitFor()
  await sides.inspector.getByText('fault: reset').first().waitFor()
  await system.settle()
  await sides.inspector.getByText('fault: reset').first().scrollIntoViewIfNeeded()
  await page.mouse.move(0, 0)
  await keepPicture(page, 'fault')
  expect(await sides.transcript.getByText('Sent while an answer was lost').count()).toBe(1)
  expect(await sides.transcript.getByText('Sent with a token that had ended').count()).toBe(1)
  expect(await sides.customer.getByText('Delivered twice').count()).toBe(1)
})

it('Botpress answers 503: the agent’s message arrives once, when LiveChat redelivers it', async () => {
  const { sides, system, moveOn } = present()
  await sides.startTalk()
  await sides.arm('Botpress answers 503')
  await sides.agentSays('Delivered again')
  await sides.inspector.getByText('fault: status').first().waitFor()
  await moveOn(REDELIVERY_MS)
  await sides.customer.getByText('Delivered again').waitFor()
  await sides.inspector.getByText('try 2').first().waitFor()
  await system.settle()
  expect(await sides.customer.getByText('Delivered again').count()).toBe(1)
})

it('Kill the process: both sides go on as if nothing had happened', async () => {
  const { sides, system } = present()
  await sides.startTalk()
  await sides.agentSays('Before the end')
  await sides.customer.getByText('Before the end').waitFor()
  const killed = system.integration.pid
  await sides.arm('Kill the process')
  await sides.inspector.getByText('Done: Kill the process').waitFor()
  expect(system.integration.pid).not.toBe(killed)
  await sides.customerSays('Written to a new process')
  await sides.transcript.getByText('Written to a new process').waitFor()
  await sides.agentSays('Answered by way of a new process')
  await sides.customer.getByText('Answered by way of a new process').waitFor()
  await system.settle()
  expect(await sides.transcript.getByText('Written to a new process').count()).toBe(1)
  expect(await sides.customer.getByText('Answered by way of a new process').count()).toBe(1)
  expect(await sides.customer.getByText('Before the end').count()).toBe(1)
})
