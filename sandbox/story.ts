import type { EndUser } from './botpress'
import { amber, birch, type Sandbox } from './start-sandbox'

export type StoryLine = { side: 'end user' | 'agent'; from: string; text: string }
export type StoryListener = { chapter: (title: string) => void; line: (line: StoryLine) => void }
export type Story = { endUserSaw: StoryLine[]; agentSaw: StoryLine[]; user: EndUser; chatId: string }

const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export const privateNote = 'Third leak this week from that series: tell the warehouse.'

/** Plays a whole handoff between an end user, a bot and two agents, and reports what each side saw and when. */
export const playHandoff = async (sandbox: Sandbox, listener: StoryListener): Promise<Story> => {
  const { desk } = sandbox.livechat
  const user = sandbox.installation.endUser({ name: 'Teal', email: 'teal@example.com' })
  let chatId = ''
  const seen: Record<StoryLine['side'], StoryLine[]> = { 'end user': [], agent: [] }

  const show = (side: StoryLine['side'], all: Omit<StoryLine, 'side'>[]): void => {
    for (const { from, text } of all.slice(seen[side].length)) {
      const line = { side, from, text }
      seen[side].push(line)
      listener.line(line)
    }
  }
  /** Does one thing and, once nothing is under way any more, shows what it changed on both sides. */
  const step = async (act: () => unknown): Promise<void> => {
    await act()
    await sandbox.settle()
    // End users and agents need a few seconds for each step. This also lets the plugin's drop window pass.
    await sandbox.advance(4_000)
    const { conversationId } = user.session
    const conversation = sandbox.installation.conversations().find(({ id }) => id === conversationId)
    chatId = conversation?.tags.livechatChatId ?? chatId
    show(
      'end user',
      user
        .chat()
        .map(({ from, text, url, title }) => ({ from, text: text ?? (title ? `${title} (${url})` : (url ?? '')) })),
    )
    if (chatId !== '') {
      show(
        'agent',
        desk.transcript(chatId).map(({ author, text, isPrivate }) => ({
          from: isPrivate ? `${author} (private note)` : author,
          text,
        })),
      )
    }
  }

  listener.chapter('The bot talks')
  await step(() => user.say('Hello, my kettle leaks.'))
  listener.chapter('The user asks for a person; the history reaches the agent')
  await step(() => user.say('I would like to talk to a person, please.'))
  listener.chapter('An agent picks up, and both write')
  await step(() => {
    if (desk.chats().find((chat) => chat.chatId === chatId)?.state !== 'assigned') desk.pickUp(chatId, amber.email)
  })
  await step(() => desk.say(chatId, amber.email, 'Hello Teal, sorry to hear that. Which model is it?'))
  await step(() => user.say('The blue one 🫖, bought in May.'))
  listener.chapter('A file goes each way')
  const leak = sandbox.botpress.addPublicFile({ name: 'leak.png', contentType: 'image/png', bytes: photo })
  await step(() => user.sendImage(leak, 'The leak'))
  await step(() =>
    desk.sendFile(chatId, amber.email, {
      name: 'guarantee.pdf',
      contentType: 'application/pdf',
      bytes: Buffer.from('%PDF-1.4 guarantee'),
    }),
  )
  listener.chapter('A private note is written, and not shown')
  await step(() => desk.note(chatId, amber.email, privateNote))
  listener.chapter('The agent transfers the chat to a colleague')
  await step(() => desk.transferToAgent(chatId, amber.email, birch.email))
  await step(() => desk.say(chatId, birch.email, 'Birch here. A new kettle is on its way to you.'))
  await step(() => user.say('Wonderful, thank you!'))
  listener.chapter('The chat is closed, and the bot continues')
  await step(() => desk.close(chatId, birch.email))
  await step(() => user.say('When will it arrive?'))
  return { endUserSaw: seen['end user'], agentSaw: seen.agent, user, chatId }
}
