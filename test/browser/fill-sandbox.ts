import type { System } from '../../sandbox/start-sandbox'

type Amount = { customers: number; messages: number; longBytes: number }

/** Fills a sandbox with sessions, as after a long morning: every third customer has written something very long. */
export const fillSandbox = async (system: System, { customers, messages, longBytes }: Amount): Promise<void> => {
  const { desk } = system.livechat
  for (let number = 1; number <= customers; number += 1) {
    const user = system.installation.endUser({ name: `Customer ${number}`, email: `c${number}@example.com` })
    if (number % 3 === 0) await user.say(`My story: ${'a long word '.repeat(longBytes / 12)}`)
    await user.say('A person, please')
    await system.settle()
    const chat = desk.chats().at(-1)
    if (!chat) throw new Error('no chat was started')
    desk.pickUp(chat.chatId, 'amber@example.com')
    for (let round = 1; round <= messages; round += 1) {
      desk.say(chat.chatId, 'amber@example.com', `Answer ${round}`)
      await user.say(`Question ${round}`)
    }
    await system.settle()
  }
}
