import type { EndUser } from '../../../sandbox/botpress'
import type { PersonDeed } from '../../plan/plan'
import { customerOfChat } from './chat-of'
import type { Said } from './deeds'
import { fileOf } from './files'
import type { World } from '../world'

/** What an end user, or the bot for them, does. @returns whether it makes sense now */
export const actAsPerson = (world: World, { person, does }: { person: number; does: PersonDeed }): boolean => {
  const endUser = world.people[person]
  if (!endUser) return false
  const { deeds, history } = world
  const say = (more: Partial<Said> = {}): string => {
    const token = more.token ?? deeds.nextToken('u')
    deeds.said.push({ token, person, atMs: world.timeline.nowMs(), isQuestion: false, ...more })
    history.add('says', `person ${person}`, token)
    return token
  }
  if (does === 'ask') return done(endUser.say(`${say({ isQuestion: true })} agent please`))
  if (does === 'say') return done(endUser.say(`${say()} from the end user`))
  if (does === 'sendFile') return sendFile(world, endUser, say)
  if (does === 'isForgotten') return forget(world, person)
  if (does === 'rate') return rate(world, endUser)
  if (!endUser.session.active) return false
  switch (does) {
    case 'sayMuch': {
      const lastToken = deeds.nextToken('u')
      return done(endUser.say(`${say({ lastToken })} ${'and more and more '.repeat(1_000)}${lastToken}`))
    }
    case 'sendBloc': {
      const [before, picture, behind] = [say(), fileFor(world, say), say()]
      const items = [
        { type: 'text', payload: { text: `${before} from the end user` } },
        { type: 'image', payload: { imageUrl: picture.url } },
        { type: 'text', payload: { text: `${behind} from the end user` } },
      ]
      return done(endUser.sendBloc(items))
    }
    case 'answer':
    case 'typeNumber':
      return answer(world, endUser, { person, say, isNumber: does === 'typeNumber' })
    case 'otherSays':
      return otherSays(world, endUser, person, say)
    case 'botSays':
      return botSays(world, endUser, person)
    case 'end':
    case 'botStops':
      history.add(does, `person ${person}`, '')
      return done(does === 'end' ? endUser.end() : endUser.botStops())
  }
}

const done = (work: Promise<unknown>): true => {
  void work
  return true
}

type Say = (more?: Partial<Said>) => string

/** A file of the channel's. On Telegram, its address holds the bot's token. */
const fileFor = (world: World, say: Say, kind: 'picture' | 'document' = 'picture', isOfTelegram = false) => {
  const token = world.deeds.nextToken('u')
  const file = fileOf(`${token}-file`, kind, Number(token.slice(1)))
  say({ token, fileBytes: file.bytes.length })
  const { botpress } = world.system
  return { token, url: isOfTelegram ? botpress.addTelegramFile(file) : botpress.addPublicFile(file) }
}

const sendFile = (world: World, endUser: EndUser, say: Say): boolean => {
  const isOfTelegram = world.plan.people[world.people.indexOf(endUser)]?.channel === 'telegram'
  const number = world.deeds.said.length
  const isPicture = number % 2 === 0
  const { token, url } = fileFor(world, say, isPicture ? 'picture' : 'document', isOfTelegram)
  if (isPicture) return done(endUser.sendImage(url, `${token}-file`))
  // A title that is too long for the file's name is sent before the file.
  const isLong = number % 4 === 1
  return done(endUser.sendFile(url, `${token}-file${isLong ? ' with a long title'.repeat(10) : ''}`))
}

type Answering = { person: number; say: Say; isNumber: boolean }

/** Picks the choices that were shown last, by the label, the whole line or the number. Nobody picks the same ones again. */
const answer = (world: World, endUser: EndUser, { person, say, isNumber }: Answering): boolean => {
  const chatId = world.deeds.chatOf.get(person)
  const offered = world.deeds.wrote.findLast((wrote) => wrote.kind === 'choices' && wrote.chatId === chatId)
  if (!offered || world.deeds.said.some(({ answers }) => answers === offered)) return false
  const isShown = endUser.chat().some(({ payload }) => JSON.stringify(payload).includes(`${offered.token}v`))
  if (!isShown) return false
  const index = Number(offered.token.slice(1)) % offered.labels.length
  const label = offered.labels[index] ?? ''
  say({ token: label, answers: offered, ...(isNumber ? { isNumber } : {}) })
  if (isNumber) return done(endUser.say(String(index + 1)))
  return done(endUser.say(index === 0 ? label : `${index + 1}. ${label}`))
}

/**
 * As in a group. During a session, the plugin passes the words on, with a user for whoever wrote them: it asks for that
 * user once.
 */
const otherSays = (world: World, endUser: EndUser, person: number, say: Say): boolean => {
  const { conversationId } = endUser.session
  if (conversationId === undefined) return false
  const name = `Friend of ${world.plan.people[person]?.name}`
  const write = async (): Promise<void> => {
    const { friends } = world.deeds
    const userId = friends.get(person) ?? (await linkFriend(world, person, name))
    // The plugin passes on what comes while the session is active.
    if (userId === undefined || !endUser.session.active || endUser.session.conversationId !== conversationId) return
    friends.set(person, userId)
    const text = `${say({ byOther: name })} from somebody else`
    await world.botOf(person).botSends(conversationId, 'text', { text, userId })
  }
  return done(write())
}

const linkFriend = async (world: World, person: number, name: string): Promise<string | undefined> => {
  const input = { name, email: `friend${person}@example.com` }
  const answer = await world
    .botOf(person)
    .runAction('createUser', input)
    .catch(() => undefined)
  return answer && String(answer['userId'])
}

const botSays = (world: World, endUser: EndUser, person: number): boolean => {
  const { conversationId } = endUser.session
  if (conversationId === undefined) return false
  const token = world.deeds.nextToken('b')
  world.deeds.botSaid.push({ token, person, conversationId, atMs: world.timeline.nowMs() })
  return done(world.botOf(person).botSends(conversationId, 'text', { text: `${token} from the bot` }))
}

const rate = (world: World, endUser: EndUser): boolean => {
  const { conversationId } = endUser.session
  if (conversationId === undefined) return false
  const token = world.deeds.nextToken('r')
  const rated = { token, conversationId, atMs: world.timeline.nowMs(), isAccepted: false }
  world.deeds.rated.push(rated)
  const input = { hitlConversationId: conversationId, score: 'good', comment: `${token} from the end user` }
  const accept = (): void => {
    rated.isAccepted = true
  }
  return done(
    world
      .botOf(world.people.indexOf(endUser))
      .runAction('rateSession', input)
      .then(accept, () => undefined),
  )
}

const forget = (world: World, person: number): boolean => {
  const found = customerOfChat(world, person)
  if (!found) return false
  world.deeds.lost.add(found.chatId)
  world.system.livechat.license.forgetIdentity(found.customerId)
  world.system.livechat.license.expireTokens()
  world.history.add('isForgotten', `person ${person}`, found.customerId)
  return true
}
