import { describe, expect, it } from 'vitest'
import { startSandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'
import { playHandoff, privateNote } from '../../../sandbox/story'

/** What no document settles about the vendors. The whole story must read the same with each possibility. */
const doubts: [string, SandboxOptions][] = [
  ['as we believe', {}],
  ['bundled with the CLI’s defaults', { bundlePath: 'dist/with-cli-defaults.cjs' }],
  ['without the filter on agents', { filterAgentsOnly: false }],
  ['webhooks of 3.5', { webhookVersion: '3.5' }],
  ['webhooks of 3.7', { webhookVersion: '3.7' }],
  ['system messages refused from customers', { livechatKnobs: { refuseSystemMessageFromCustomer: 'validation' } }],
  ['chats wait for an agent to pick them up', { livechatKnobs: { autoAssign: false } }],
  [
    'first assignment told by chat_transferred',
    { livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: 'fromQueue' } },
  ],
  ['first assignment not told', { livechatKnobs: { autoAssign: false, chatTransferredOnFirstAssignment: 'never' } }],
  ['additional_data always', { livechatKnobs: { additionalData: 'always' } }],
  ['additional_data never', { livechatKnobs: { additionalData: 'never' } }],
  ['webhooks before the answer that caused them', { livechatKnobs: { webhookOrder: 'before' } }],
  ['every webhook three times', { livechatKnobs: { webhookDuplicates: 3 } }],
  ['void answers as {}', { livechatKnobs: { voidBody: '{}' } }],
  ['the plugin needs three seconds', { botpressKnobs: { activationDelayMs: 3_000 } }],
  ['get-or-create races', { botpressKnobs: { raceGetOrCreate: true }, livechatKnobs: { webhookDuplicates: 3 } }],
  ['plugin tags are visible', { botpressKnobs: { pluginTagsVisible: true } }],
  ['message operations overlap', { botpressKnobs: { concurrentMessageOperations: true } }],
]

describe.each(doubts)('a whole handoff, %s', (_name, options) => {
  it('reads right on both sides', async () => {
    const sandbox = await startSandbox(options)
    try {
      const { endUserSaw, agentSaw, user } = await playHandoff(sandbox, {
        chapter: () => undefined,
        line: () => undefined,
      })
      const endUser = endUserSaw.map(({ from, text }) => `${from}: ${text}`)
      const once = (line: string | RegExp): number =>
        endUser.filter((seen) => (typeof line === 'string' ? seen === line : line.test(seen))).length
      expect(once('Agent Amber: Hello Teal, sorry to hear that. Which model is it?')).toBe(1)
      expect(once('Agent Birch: Birch here. A new kettle is on its way to you.')).toBe(1)
      expect(once(/guarantee\.pdf/)).toBe(1)
      expect(endUser.join('\n')).not.toContain(privateNote)
      expect(endUser.filter((line) => line.includes('joined the conversation'))).toHaveLength(2)
      const agent = agentSaw.map(({ text }) => text)
      expect(agent[0]).toContain('my kettle leaks')
      for (const text of ['The blue one 🫖, bought in May.', 'Wonderful, thank you!', privateNote]) {
        expect(agent.filter((seen) => seen === text)).toHaveLength(1)
      }
      expect(user.session.active).toBe(false)
      expect(endUser.at(-1)).toContain('I am a bot')
    } finally {
      await sandbox.close()
    }
  })
})
