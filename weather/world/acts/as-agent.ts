import { salesGroup } from '../../../sandbox/start-sandbox'
import type { AgentDeed } from '../../plan/plan'
import { chatOf } from './chat-of'
import { agentText, type Wrote } from './deeds'
import { fileOf } from './files'
import { agentOf } from '../team'
import type { World } from '../world'

/** What an agent does in the chat of an end user. @returns whether it makes sense now. @throws ApiError if LiveChat's app refuses it */
export const actAsAgent = (
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
    note(world, { chatId, threadId, person, agent }, { token, eventId: '' })
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
  const isPresent = present.includes(email)
  if (does === 'sayFromOutside' && !isPresent) {
    const token = world.deeds.nextToken('a')
    note(world, place, { token, eventId: desk.sayFromOutside(chatId, email, agentText(token, 1)) })
    return true
  }
  if (does === 'supervise' || does === 'leave') {
    if (isPresent !== (does === 'leave')) return false
    if (does === 'supervise') desk.supervise(chatId, email)
    else desk.removeAgent(chatId, email, email)
    return true
  }
  if (does === 'join' && isPresent) return false
  if (!isPresent) {
    desk.pickUp(chatId, email)
    world.history.add('picks up', email, chatId)
  }
  return actPresent(world, place, does)
}

const actPresent = (world: World, place: Place, does: AgentDeed): boolean => {
  const { desk, license } = world.system.livechat
  const { chatId, agent } = place
  const { email } = agentOf(agent)
  const tell = (): true => {
    world.history.add(does, email, chatId)
    return true
  }
  switch (does) {
    case 'say':
    case 'sayFromOutside':
    case 'note':
      return write(world, place, does === 'note')
    case 'sendFile':
    case 'noteFile':
      return sendFile(world, place, does === 'noteFile')
    case 'offer':
      return offer(world, place)
    case 'edit':
    case 'editNote':
    case 'delete':
      return change(world, place, does)
    case 'transfer': {
      const to = agentOf((agent + 1) % (world.plan.agents ?? 2))
      desk.transferToAgent(chatId, email, to.email)
      world.deeds.transferred.push({ threadId: place.threadId, toName: to.name, atMs: world.timeline.nowMs() })
      return tell()
    }
    case 'passOn':
      desk.transferToGroup(chatId, email, world.plan.usesGroup === true ? salesGroup.id : 0)
      return tell()
    case 'join':
      return tell()
    case 'close':
      desk.close(chatId, email)
      return tell()
    case 'ban': {
      const customerId = chatOf(world, place.person)?.customer.id
      if (customerId === undefined) return false
      world.deeds.lost.add(chatId)
      license.banCustomer(customerId)
      return tell()
    }
    case 'supervise':
    case 'leave':
    case 'reopen':
      return false
  }
}

const write = (world: World, place: Place, isPrivate: boolean): boolean => {
  const { desk } = world.system.livechat
  const { email } = agentOf(place.agent)
  const token = world.deeds.nextToken(isPrivate ? 'n' : 'a')
  const eventId = (isPrivate ? desk.note : desk.say)(place.chatId, email, agentText(token, 1))
  note(world, place, { token, isPrivate, eventId })
  return true
}

const sendFile = (world: World, place: Place, isPrivate: boolean): boolean => {
  const token = world.deeds.nextToken(isPrivate ? 'n' : 'a')
  const number = Number(token.slice(1))
  const file = fileOf(agentText(token, 1), number % 2 === 0 ? 'picture' : 'document', number)
  const { email } = agentOf(place.agent)
  const eventId = world.system.livechat.desk.sendFile(place.chatId, email, file, isPrivate ? 'agents' : 'all')
  note(world, place, { token, kind: 'file', isPrivate, eventId })
  return true
}

/** Two choices, as quick replies or on a card with a picture. */
const offer = (world: World, place: Place): boolean => {
  const token = world.deeds.nextToken('a')
  const label = world.deeds.nextToken('k')
  const labels = [`${label}p1`, `${label}p2`]
  const isCard = Number(token.slice(1)) % 2 === 0
  const eventId = world.system.livechat.desk.sendRichMessage(place.chatId, agentOf(place.agent).email, {
    template_id: isCard ? 'cards' : 'quick_replies',
    elements: [
      {
        title: agentText(token, 1),
        ...(isCard ? { image: { url: 'https://cdn.livechatinc.com/avatars/1.png' } } : {}),
        buttons: labels.map((text) => ({ text, postback_id: text, user_ids: [] })),
      },
    ],
  })
  note(world, place, { token, kind: 'choices', labels, eventId })
  return true
}

const change = (world: World, place: Place, does: 'edit' | 'editNote' | 'delete'): boolean => {
  const { desk } = world.system.livechat
  const { email } = agentOf(place.agent)
  const last = world.deeds.wrote.findLast(
    (wrote) =>
      wrote.threadId === place.threadId &&
      wrote.agentId === email &&
      wrote.deletedAtMs === undefined &&
      wrote.eventId !== '' &&
      wrote.isPrivate === (does === 'editNote') &&
      (does === 'delete' || wrote.kind === 'text'),
  )
  if (!last) return false
  if (does === 'delete') {
    last.deletedAtMs = world.timeline.nowMs()
    desk.deleteEvent(place.chatId, email, last.eventId)
  } else {
    last.versions += 1
    desk.edit(place.chatId, email, last.eventId, agentText(last.token, last.versions))
  }
  world.history.add(does, email, last.token)
  return true
}

type Noted = Pick<Wrote, 'token' | 'eventId'> & Partial<Wrote>

const note = (world: World, { agent, chatId, threadId, ...place }: Place, noted: Noted): void => {
  // The agent reads on the card who is in the chat now.
  const person = world.deeds.personOf.get(threadId) ?? place.person
  const { email, name } = agentOf(agent)
  const atMs = world.timeline.nowMs()
  world.deeds.wrote.push({
    ...{ kind: 'text', labels: [], versions: 1, isPrivate: false, deletedAtMs: undefined },
    ...{ person, chatId, threadId, atMs, agentId: email, agentName: name },
    ...noted,
  })
  world.history.add(noted.isPrivate === true ? 'notes' : 'writes', email, `${noted.token} to person ${person}`)
}
