import { readFile, writeFile } from 'node:fs/promises'
import { VirtualClock } from '../../sandbox/clock'
import { amber, startSystem } from '../../sandbox/start-sandbox'
import { TRACE_FILE } from './instrument'

/** In the order of the tables. `operations` are all operations that Botpress requests on this path. */
export const paths = {
  'agent-warm': { title: "agent's message, warm", operations: ['webhook_received'] },
  'agent-first': { title: "agent's first message", operations: ['webhook_received'] },
  'end-user-warm': { title: "end user's message, warm", operations: ['message_created'] },
  start: { title: 'createUser and startHitl', operations: ['action_triggered', 'action_triggered'] },
  end: { title: 'the agent closes the chat', operations: ['webhook_received'] },
} as const

export type PathName = keyof typeof paths

/** One call of a function; the name is empty if the function has none. */
export type Call = { file: string; name: string }

/**
 * Plays one handoff with an instrumented bundle. LiveChat gives the chat to an agent at once. So the start includes the
 * agent's announcement, and the agent's first message is the first webhook that names the agent to this process.
 */
export const playHandoff = async (bundlePath: string, traceFile: string): Promise<Record<PathName, Call[]>> => {
  const clock = new VirtualClock()
  const system = await startSystem({ clock, bundlePath, process: { env: { [TRACE_FILE]: traceFile } } })
  const { desk } = system.livechat

  const rest = async (): Promise<void> => {
    await system.settle()
    // The answer to this request shows that the process has finished what followed its last call.
    await fetch(`${system.integration.url}/health`)
  }
  const trace = async (path: PathName, act: () => unknown): Promise<Call[]> => {
    await rest()
    await writeFile(traceFile, '')
    const mark = system.ledger.mark()
    await act()
    await rest()
    const deliveries = system.ledger.since(mark, { kind: 'delivery', side: 'botpress' })
    const operations = deliveries.map(({ name }) => name.replace('operation/', ''))
    if (operations.join() !== paths[path].operations.join()) {
      throw new Error(`${path} consists of other operations than expected: ${operations.join(', ')}`)
    }
    return readCalls(await readFile(traceFile, 'utf8'))
  }

  try {
    const user = system.installation.endUser({ name: 'Teal', email: 'teal@example.com' })
    const start = await trace('start', () => user.askForHuman({ title: 'Broken kettle', description: 'It leaks.' }))
    // Before that, each relay would wait for the plugin, which drops messages that come too early.
    await clock.advance(10_000)
    const [chat] = desk.chats()
    if (!chat) throw new Error('The start opened no chat')
    const agentWrites = (): void => void desk.say(chat.chatId, amber.email, 'Hello')
    const userWrites = (): Promise<void> => user.say('Hello')

    const agentFirst = await trace('agent-first', agentWrites)
    await userWrites()
    return {
      start,
      'agent-first': agentFirst,
      'agent-warm': await trace('agent-warm', agentWrites),
      'end-user-warm': await trace('end-user-warm', userWrites),
      end: await trace('end', () => desk.close(chat.chatId, amber.email)),
    }
  } finally {
    await system.close()
  }
}

const readCalls = (lines: string): Call[] =>
  lines
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [file = '', name = ''] = line.split('\t')
      return { file, name }
    })
