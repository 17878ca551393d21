import { afterEach, describe, expect, it } from 'vitest'
import { pluginTexts, type EndUser } from '../../../sandbox/botpress'
import { amber, birch, startSandbox, startSystem, type Sandbox, type System } from '../../../sandbox/start-sandbox'
import { runningClock, withClockAhead } from '../../helpers/clocks'
import { createProcesses } from '../../helpers/in-process'
import { agentSays, startTalk } from '../../helpers/talk'

/** The seconds in which the plugin drops everything, with slow calls, several processes and clocks that are wrong. */

let open: System | undefined
afterEach(() => open?.close())
const opened = <T extends System>(system: T): T => ((open = system), system)
const linesOf = (user: EndUser): string[] => user.chat().map(({ from, text }) => `${from}: ${text}`)
const announced = `bot: ${pluginTexts.agentAssigned}`
const wordsIn = (lines: string[]): string[] => lines.filter((line) => line.startsWith('Agent '))

describe('while each call to a vendor takes', () => {
  const scale = 25
  it.each([100, 500, 600, 1_000])('%i ms, the agent and their first words reach the end user', async (callMs) => {
    const clock = runningClock(scale)
    const processes = createProcesses(1)
    const system = opened(
      await startSystem({
        clock,
        timeScale: scale,
        latencyMs: callMs / scale,
        startIntegration: (options) => processes.start({ ...options, clock }),
        // The plugin makes seven calls until it listens.
        // Its wait in real time would take half a second here.
        botpressKnobs: { activationDelayMs: 7 * callMs, raceGetOrCreate: false },
      }),
    )
    system.livechat.desk.setStatus(birch.email, 'not_accepting_chats')
    const user = system.installation.endUser({ name: 'Teal', email: 'teal@example.com' })
    const started = user.askForHuman({ title: 'Broken kettle' })
    await expect.poll(() => system.livechat.desk.chats()).toHaveLength(1)
    const chatId = system.livechat.desk.chats()[0]?.chatId ?? ''
    system.livechat.desk.say(chatId, amber.email, 'Hello')
    await started
    system.livechat.desk.say(chatId, amber.email, 'How can I help?')
    const expected = ['Agent Amber: Hello', 'Agent Amber: How can I help?']
    await expect.poll(() => wordsIn(linesOf(user)), { timeout: 3_000 }).toEqual(expected)
    expect(linesOf(user).filter((line) => line === announced)).toHaveLength(1)
  })
})

describe('when two processes share the first seconds of a session', () => {
  const openTwo = async (): Promise<Sandbox> => {
    const processes = createProcesses(2)
    let nth = 0
    processes.serve((body) => {
      if (body.includes('"chat_deactivated"')) return 1
      return body.includes('"incoming_event"') ? nth++ % 2 : 0
    })
    return opened(await startSandbox({ startIntegration: processes.start }))
  }
  const lines = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven']
  const seen = lines.map((line) => `Agent Amber: ${line}`)

  it.each([
    ['at once', 0],
    ['within two seconds', 300],
    ['within six seconds', 900],
  ])('lines that an agent writes %s arrive in their order', async (_name, pauseMs) => {
    const sandbox = await openTwo()
    const talk = await startTalk(sandbox, { pastDropWindow: false })
    for (const line of lines) {
      await agentSays(sandbox, talk.chatId, line)
      await sandbox.advance(pauseMs)
    }
    await sandbox.advance(20_000)
    expect(wordsIn(talk.userSees())).toEqual(seen)
    expect(talk.userSees().filter((line) => line === announced)).toHaveLength(1)
  })

  it.each([0, 300, 800])('an end comes after the last words, with lines %i ms apart', async (pauseMs) => {
    const sandbox = await openTwo()
    const talk = await startTalk(sandbox, { pastDropWindow: false })
    for (const line of lines) {
      await agentSays(sandbox, talk.chatId, line)
      await sandbox.advance(pauseMs)
    }
    sandbox.livechat.desk.close(talk.chatId, amber.email)
    await sandbox.settle()
    await sandbox.advance(20_000)
    expect(wordsIn(talk.userSees())).toEqual(seen)
    expect(talk.user.session.active).toBe(false)
  })
})

describe('with a process whose clock is', () => {
  const clocks: [string, number][] = [
    ['ten minutes fast', 600_000],
    ['ten minutes slow', -600_000],
  ]

  it.each(clocks)(
    '%s, first words arrive, later words at once, and the end frees the end user',
    async (_name, aheadMs) => {
      const sandbox = opened(
        await startSandbox({
          startIntegration: withClockAhead(aheadMs),
          // The plugin needs a moment, as it does in life.
          botpressKnobs: { activationDelayMs: 2_000 },
        }),
      )
      const talk = await startTalk(sandbox, { pastDropWindow: false })
      await agentSays(sandbox, talk.chatId, 'First words')
      await sandbox.advance(20_000)
      expect(wordsIn(talk.userSees())).toEqual(['Agent Amber: First words'])
      expect(talk.userSees().filter((line) => line === announced)).toHaveLength(1)
      await agentSays(sandbox, talk.chatId, 'Later words')
      expect(talk.userSees().at(-1)).toBe('Agent Amber: Later words')
      sandbox.livechat.desk.close(talk.chatId, amber.email)
      await sandbox.settle()
      await sandbox.advance(5_000)
      expect(talk.user.session.active).toBe(false)
    },
  )

  it.each(clocks)('%s, and which has not heard of the session before, first words arrive', async (_name, aheadMs) => {
    const processes = createProcesses(2)
    const sandbox = opened(
      await startSandbox({
        startIntegration: withClockAhead(aheadMs, processes.start),
        botpressKnobs: { activationDelayMs: 2_000 },
      }),
    )
    processes.serve((body) => (body.includes('"incoming_event"') ? 1 : 0))
    const talk = await startTalk(sandbox, { pastDropWindow: false })
    await agentSays(sandbox, talk.chatId, 'First words')
    await sandbox.advance(1_000)
    await agentSays(sandbox, talk.chatId, 'Second words')
    await sandbox.advance(20_000)
    expect(wordsIn(talk.userSees())).toEqual(['Agent Amber: First words', 'Agent Amber: Second words'])
  })
})
