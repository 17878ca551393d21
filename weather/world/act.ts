import type { DeskChat } from '../../sandbox/livechat'
import { amber, birch, clientId } from '../../sandbox/start-sandbox'
import type { AgentDeed, PersonDeed, Step } from '../plan/plan'
import { agentText, type Wrote } from './deeds'
import type { World } from './world'

export const team = [amber, birch] as const

const agentOf = (index: number): (typeof team)[number] => team[index] ?? amber

/** Lets one step happen, if it makes sense now: nobody can write into a chat that does not exist. */
export const act = (world: World, step: Step): void => {
  if (!isDone(world, step)) world.history.add('skipped', step.who, step.does)
}

const isDone = (world: World, step: Step): boolean => {
  if (step.who === 'license') return actOnLicense(world, step)
  if (step.who === 'person') return actAsPerson(world, step)
  try {
    return actAsAgent(world, step)
  } catch (error) {
    // LiveChat's app refuses this now, for example the words of a supervisor.
    if (error instanceof Error && error.name === 'ApiError') return false
    throw error
  }
}

const actAsPerson = (world: World, { person, does }: { person: number; does: PersonDeed }): boolean => {
  const { deeds, timeline, history } = world
  const endUser = world.people[person]
  if (!endUser) return false
  if (does === 'say' || does === 'ask') {
    const token = deeds.nextToken('u')
    deeds.said.push({ token, person, atMs: timeline.nowMs(), isQuestion: does === 'ask' })
    history.add('says', `person ${person}`, token)
    void endUser.say(`${token} ${does === 'ask' ? 'agent please' : 'from the end user'}`)
    return true
  }
  if (!endUser.session.active) return false
  history.add(does, `person ${person}`, '')
  void (does === 'end' ? endUser.end() : endUser.botStops())
  return true
}

const actAsAgent = (
  world: World,
  { person, agent, does }: { person: number; agent: number; does: AgentDeed },
): boolean => {
  const { desk } = world.system.livechat
  const { email } = agentOf(agent)
  const chat = chatOf(world, person)
  if (!chat) return false
  const { chatId } = chat
  const isOpen = chat.state !== 'closed'
  if (does === 'reopen') {
    if (isOpen) return false
    const token = world.deeds.nextToken('a')
    const threadId = desk.reopen(chatId, email, agentText(token, 1))
    world.deeds.reopened.add(threadId)
    note(world, { chatId, threadId, person, agent, token, eventId: '', isPrivate: false })
    return true
  }
  if (!isOpen) return false
  return actInChat(world, { chatId, threadId: chat.threadId, person, agent }, does, chat.agentIds)
}

type Place = { chatId: string; threadId: string; person: number; agent: number }

const actInChat = (world: World, place: Place, does: AgentDeed, present: string[]): boolean => {
  const { desk } = world.system.livechat
  const { chatId, agent } = place
  const { email } = agentOf(agent)
  const { history } = world
  if (does === 'sayFromOutside' && !present.includes(email)) {
    const token = world.deeds.nextToken('a')
    note(world, { ...place, token, isPrivate: false, eventId: desk.sayFromOutside(chatId, email, agentText(token, 1)) })
    return true
  }
  if (does === 'supervise') {
    if (present.includes(email)) return false
    desk.supervise(chatId, email)
    return true
  }
  if (!present.includes(email)) {
    desk.pickUp(chatId, email)
    history.add('picks up', email, chatId)
  }
  switch (does) {
    case 'say':
    case 'sayFromOutside':
    case 'note': {
      const isPrivate = does === 'note'
      const token = world.deeds.nextToken(isPrivate ? 'n' : 'a')
      const write = isPrivate ? desk.note : desk.say
      note(world, { ...place, token, isPrivate, eventId: write(chatId, email, agentText(token, 1)) })
      return true
    }
    case 'edit':
    case 'delete':
      return change(world, place, does)
    case 'transfer':
      desk.transferToAgent(chatId, email, agentOf(1 - agent).email)
      history.add('transfers', email, chatId)
      return true
    case 'close':
      desk.close(chatId, email)
      history.add('closes', email, chatId)
      return true
    default:
      return false
  }
}

const change = (world: World, { chatId, threadId, agent }: Place, does: 'edit' | 'delete'): boolean => {
  const { desk } = world.system.livechat
  const { email } = agentOf(agent)
  const last = world.deeds.wrote.findLast(
    (wrote) => wrote.threadId === threadId && wrote.agentId === email && !wrote.isDeleted && wrote.eventId !== '',
  )
  if (!last || last.isPrivate) return false
  if (does === 'edit') {
    last.versions += 1
    desk.edit(chatId, email, last.eventId, agentText(last.token, last.versions))
  } else {
    last.isDeleted = true
    desk.deleteEvent(chatId, email, last.eventId)
  }
  world.history.add(does, email, last.token)
  return true
}

const note = (
  world: World,
  {
    person,
    agent,
    chatId,
    threadId,
    token,
    eventId,
    isPrivate,
  }: Place & Pick<Wrote, 'token' | 'eventId' | 'isPrivate'>,
): void => {
  const { email, name } = agentOf(agent)
  const atMs = world.timeline.nowMs()
  world.deeds.wrote.push({
    ...{ token, person, chatId, threadId, eventId, isPrivate, atMs },
    ...{ versions: 1, isDeleted: false, agentId: email, agentName: name },
  })
  world.history.add(isPrivate ? 'notes' : 'writes', email, `${token} to person ${person}`)
}

/** The chat that the end user's last question came to, as agents see it. */
export const chatOf = ({ deeds, system }: World, person: number): DeskChat | undefined => {
  const known = deeds.chatOf.get(person)
  return system.livechat.desk.chats().find(({ chatId }) => chatId === known)
}

const actOnLicense = (world: World, { agent, does }: Extract<Step, { who: 'license' }>): boolean => {
  const { license, desk } = world.system.livechat
  const { email } = agentOf(agent)
  world.history.add(does, 'license', email)
  switch (does) {
    case 'expireTokens':
      license.expireTokens()
      return true
    case 'agentLeaves':
      desk.setStatus(email, 'not_accepting_chats')
      return true
    case 'agentReturns':
      desk.setStatus(email, 'accepting_chats')
      return true
    case 'rotateSecret':
      rotateSecret(world)
      return true
    case 'upgrade':
      void world.system.installation.upgrade()
      return true
  }
}

/** As the guide says: first the bot accepts both secrets, then LiveChat signs with the new one. */
const rotateSecret = ({ system, deeds, timeline }: World): void => {
  const { configuration, installation, livechat } = system
  const next = `secret-${deeds.nextToken('s')}`
  configuration['previousWebhookSecret'] = configuration['webhookSecret']
  configuration['webhookSecret'] = next
  void installation.configure({ ...configuration })
  timeline.setTimer(30_000, () => livechat.webhooks.changeSecret(clientId, next))
}
