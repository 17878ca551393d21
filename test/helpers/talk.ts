import type { EndUser, EndUserOptions } from '../../sandbox/botpress'
import { amber, type Sandbox } from '../../sandbox/start-sandbox'

export type Talk = {
  user: EndUser
  chatId: string
  threadId: string
  conversationId: string
  /** What the end user sees, line by line: author, then content. */
  userSees: () => string[]
  /** What an agent sees in LiveChat's app, line by line. */
  agentSees: () => string[]
}

type TalkOptions = {
  user?: EndUserOptions
  start?: Parameters<EndUser['askForHuman']>[0]
  /** Waits until the plugin's drop window has passed. Default true. */
  pastDropWindow?: boolean
  /** Default: the agent to whom LiveChat routes the chat. */
  pickUpBy?: string
}

let people = 0

/** An end user in a session with an agent. */
export const startTalk = async (sandbox: Sandbox, options: TalkOptions = {}): Promise<Talk> => {
  people += 1
  const user = sandbox.installation.endUser({
    name: 'Teal',
    email: `teal${people}@example.com`,
    ...options.user,
  })
  const started = await user.askForHuman(options.start ?? { title: 'Broken kettle', description: 'It leaks.' })
  if (!started.started) throw new Error(`the session did not start: ${started.reason}`)
  await sandbox.settle()
  const talk = talkOf(sandbox, user, started.conversationId)
  if (options.pickUpBy !== undefined) {
    sandbox.livechat.desk.pickUp(talk.chatId, options.pickUpBy)
    await sandbox.settle()
  }
  if (options.pastDropWindow ?? true) await sandbox.advance(10_000)
  return talk
}

/** The present session of an end user, from both sides. */
export const talkOf = (sandbox: Sandbox, user: EndUser, conversationId = presentOf(sandbox, user)): Talk => {
  const tags = sandbox.installation.conversations().find(({ id }) => id === conversationId)?.tags ?? {}
  const { livechatChatId: chatId = '', livechatThreadId: threadId = '' } = tags
  return {
    user,
    chatId,
    threadId,
    conversationId,
    userSees: () => user.chat().map(({ from, text, url }) => `${from}: ${text ?? url ?? ''}`),
    agentSees: () => sandbox.livechat.desk.transcript(chatId).map(({ author, text }) => `${author}: ${text}`),
  }
}

/** Before the plugin activates the session, it is the conversation that was made last. */
const presentOf = (sandbox: Sandbox, { session }: EndUser): string =>
  session.conversationId ?? sandbox.installation.conversations().at(-1)?.id ?? ''

/** Lets the agent write, and waits until everything that this causes is done. */
export const agentSays = async (
  sandbox: Sandbox,
  chatId: string,
  text: string,
  agent: string = amber.email,
): Promise<void> => {
  sandbox.livechat.desk.say(chatId, agent, text)
  await sandbox.settle()
}

export const userSays = async (sandbox: Sandbox, user: EndUser, text: string): Promise<void> => {
  await user.say(text)
  await sandbox.settle()
}
