import { describe, expect, it } from 'vitest'
import { beliefIds, beliefOf, type BeliefId } from './catalogue'
import { allDoubts, nameOf } from '../../sandbox/knob-settings'
import { livechatDoubts } from '../../sandbox/doubts'
import { defaultKnobs } from '../../sandbox/livechat/knobs'
import { startScene } from './testing/scene'

const livechatBeliefs = allDoubts.filter(({ side }) => side === 'livechatKnobs')
const knobBeliefs = beliefIds.filter((id) => beliefOf(id).knob !== undefined)

describe('npm run probe, against the emulator', () => {
  it('looks for every doubt about LiveChat', () => {
    const doubted = Object.entries(livechatDoubts).flatMap(([name, values]) => (Array.isArray(values) ? [name] : []))
    expect(knobBeliefs.toSorted()).toEqual(doubted.toSorted())
  })

  it('sees everything that it looks for, as it is', async () => {
    const scene = await startScene()
    const report = await scene.report()
    expect(report.beliefs.filter(({ verdict }) => verdict === 'not seen').map(({ belief }) => belief)).toEqual([
      // The emulator prints no bold text, and the chat stayed ours.
      'markdown',
      'nextStartGivesSourceBack',
    ])
    expect(report.beliefs.filter(({ verdict }) => verdict === 'differs')).toEqual([])
    expect(report.knobs).toEqual(Object.fromEntries(knobBeliefs.map((id) => [id, Reflect.get(defaultKnobs, id)])))
    await scene.close()
  })

  it.each(livechatBeliefs.map((doubt) => [nameOf(doubt), doubt] as const))('reports %s', async (_, { name, value }) => {
    const scene = await startScene({ knobs: { [name]: value } })
    const report = await scene.report()
    const wrong = report.beliefs.filter(({ belief, value: seen }) => {
      const { knob } = beliefOf(belief)
      return knob !== undefined && seen !== undefined && seen !== Reflect.get(scene.livechat.knobs, knob)
    })
    expect(wrong).toEqual([])
    expect(report.beliefs.find(({ belief }) => belief === name)).toMatchObject({ verdict: 'differs', value })
    await scene.close()
  })
})

describe('a belief that cannot be seen', () => {
  const needWebhooks: BeliefId[] = [
    'webhookDelay',
    'webhookOrder',
    'webhookDuplicates',
    'ownWordsLeftOut',
    'pressUpdatesEvent',
    'agentReopenTakesSource',
    'nextStartGivesSourceBack',
    'chatTransferredOnFirstAssignment',
    'transferReasonPrefix',
    'queuePlaceInProperties',
    'additionalData',
    'webhookShuffle',
  ]

  it('is not taken for a “no”: without webhooks, nothing is said of webhooks', async () => {
    const scene = await startScene()
    scene.switchWebhooksOff()
    const { beliefs } = await scene.report()
    const notSeen = beliefs.filter(({ verdict }) => verdict === 'not seen').map(({ belief }) => belief)
    expect(notSeen.toSorted()).toEqual(['markdown', ...needWebhooks].toSorted())
    await scene.close()
  })

  it('is left open where nobody looks at the app', async () => {
    const scene = await startScene({ hasHands: false })
    const { beliefs } = await scene.report()
    const notSeen = beliefs.filter(({ verdict }) => verdict === 'not seen')
    expect(notSeen.map(({ belief }) => belief)).toEqual([
      'unknownSystemMessageTypesShown',
      'markdown',
      'agentReopenTakesSource',
      'nextStartGivesSourceBack',
    ])
    await scene.close()
  })
})

describe('what the probe leaves behind', () => {
  it('closes, removes and puts back everything, and its names lead to the rest', async () => {
    const scene = await startScene()
    await scene.report()
    expect(scene.leftovers()).toEqual([])
    const names = scene.livechat.license.customers().map(({ name }) => name)
    expect(names).toEqual([`Probe ${scene.runId} (1)`, `Probe ${scene.runId} (2)`])
    await scene.close()
  })

  it.each([3, 8, 15, 40, 70, 100, 110])('also when it is stopped after %i calls', async (calls) => {
    const scene = await startScene({ stopsAfterCalls: calls })
    const report = await scene.report()
    expect(report.isComplete).toBe(false)
    expect(scene.leftovers()).toEqual([])
    await scene.close()
  })

  it.each([
    ['agent/send_event', 5],
    ['customer/start_chat', 0],
    ['customer/resume_chat', 2],
    ['agent/deactivate_chat', 3],
    ['configuration/register_webhook', 9],
  ])('also when %s gets no answer', async (route, skip) => {
    const scene = await startScene()
    scene.faults.add({ route, skip, effect: { kind: 'reset', when: 'after' } })
    await scene.report()
    expect(scene.leftovers()).toEqual([])
    await scene.close()
  })

  it('names what it could not put back', async () => {
    const scene = await startScene()
    scene.faults.add({
      route: 'configuration/unregister_webhook',
      times: Infinity,
      effect: { kind: 'status', status: 503 },
    })
    const { left } = await scene.report()
    expect(left).toEqual([expect.stringContaining(`webhooks whose description is “Probe ${scene.runId}: …”`)])
    await scene.close()
  })

  it.each([
    ['a token without a scope', { scopes: ['chats--access:rw'] }, /may not call list_agents. It needs: webhooks/],
    ['a group with others', { colleagues: ['birch@example.com'] }, /Group 9 has 1 more agents/],
  ])('does not begin with %s', async (_, options, words) => {
    const scene = await startScene(options)
    await expect(scene.run()).rejects.toThrow(words)
    expect(scene.livechat.license.customers()).toEqual([])
    await scene.close()
  })

  it('does nothing without a yes', async () => {
    const scene = await startScene({ isConfirmed: false })
    await expect(scene.run()).resolves.toBeUndefined()
    expect(scene.livechat.license.customers()).toEqual([])
    await scene.close()
  })
})

it('keeps tokens, cookies and secrets out of the report', async () => {
  const scene = await startScene()
  const printed = await scene.printed()
  for (const secret of scene.secrets()) expect(printed).not.toContain(secret)
  expect(scene.secrets().length).toBeGreaterThan(4)
  await scene.close()
})
