import type { StrangerDeed } from '../../plan/plan'
import type { System } from '../../../sandbox/start-sandbox'
import type { Deeds } from './deeds'
import type { Network } from '../network'

const widgetId = 'a1b2c3d4e5f60718293a4b5c6d7e8f90'
const widgetUrl = 'https://shop.example.com'
/** The strangers' agent takes chats by hand, so that LiveChat never gives them one of the bots' chats. */
const stranger = { email: 'hazel@example.com', name: 'Agent Hazel' } as const
const strangersGroup = { id: 9, name: 'Shop' } as const

type Visitor = { token: string; chatId: string }

/**
 * Visitors of the license who chat through LiveChat's own widget. Nothing of it concerns the bots, but webhooks that were
 * made by hand bring all of it.
 */
export class Strangers {
  private readonly visitors = new Map<number, Visitor>()

  public constructor(
    private readonly system: System,
    private readonly network: Network,
    private readonly deeds: Deeds,
  ) {
    const { license } = system.livechat
    license.addApp({ clientId: widgetId, redirectUris: [widgetUrl], installed: true })
    license.addGroup(strangersGroup)
    license.addAgent({ ...stranger, groupIds: [strangersGroup.id], status: 'not_accepting_chats' })
  }

  /** @returns whether it makes sense now */
  public act(index: number, does: StrangerDeed): boolean {
    const { desk } = this.system.livechat
    const visitor = this.visitors.get(index)
    if (does === 'start') {
      void this.start(index)
      return true
    }
    if (does === 'forge') return this.forge()
    const isOpen = desk.chats().some(({ chatId, state }) => chatId === visitor?.chatId && state !== 'closed')
    if (!visitor || !isOpen) return false
    const { chatId, token } = visitor
    if (does === 'say') {
      const event = { type: 'message', text: `${this.deeds.nextToken('z')} from a stranger` }
      // Their token may have expired.
      this.call('send_event', token, { chat_id: chatId, event }).catch(() => undefined)
    } else if (does === 'hear') desk.say(chatId, stranger.email, `${this.deeds.nextToken('z')} to a stranger`)
    else desk.close(chatId, stranger.email)
    return true
  }

  /** A webhook with a wrong secret, about the newest chat of a bot. */
  private forge(): boolean {
    const [chatId] = [...this.deeds.chatOf.values()].slice(-1)
    const chat = this.system.livechat.desk.chats().find((each) => each.chatId === chatId)
    if (!chat) return false
    const { chatId: chat_id, threadId: thread_id } = chat
    const text = `${this.deeds.nextToken('z')} from a stranger`
    const of = {
      type: 'message',
      visibility: 'all',
      created_at: new Date().toISOString(),
      author_id: 'amber@example.com',
    }
    const event = { id: `${thread_id}_999`, text, ...of }
    const { organizationId: organization_id } = this.system.livechat.license
    const head = { webhook_id: 'forged', secret_key: 'guessed', action: 'incoming_event', organization_id }
    const body = JSON.stringify({ ...head, payload: { chat_id, thread_id, event } })
    this.system.postWebhook(body).catch(() => undefined)
    return true
  }

  private async start(index: number): Promise<void> {
    const { organizationId } = this.system.livechat.license
    const grant = { grant_type: 'cookie', client_id: widgetId, organization_id: organizationId, response_type: 'token' }
    const issued = await this.post('https://accounts.livechat.com/v2/customer/token', {
      ...grant,
      redirect_uri: widgetUrl,
    })
    const token = textIn(issued, 'access_token')
    const chat = { access: { group_ids: [strangersGroup.id] } }
    const chatId = textIn(await this.call('start_chat', token, { chat, continuous: true }), 'chat_id')
    this.system.livechat.desk.pickUp(chatId, stranger.email)
    this.visitors.set(index, { token, chatId })
    this.deeds.foreignChats.add(chatId)
  }

  private call(action: string, token: string, body: unknown): Promise<unknown> {
    const { organizationId } = this.system.livechat.license
    const url = `https://api.livechatinc.com/v3.6/customer/action/${action}?organization_id=${organizationId}`
    return this.post(url, body, { authorization: `Bearer ${token}`, 'x-region': this.system.livechat.knobs.region })
  }

  private async post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<unknown> {
    const bytes = Buffer.from(JSON.stringify(body))
    const asked = { method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, body: bytes }
    const answer = await this.network.ask(asked)
    if (answer.status !== 200) throw new Error(`A stranger was refused: ${url} answered ${answer.status}`)
    return answer.body
  }
}

const textIn = (body: unknown, name: string): string => {
  const value: unknown = Reflect.get(Object(body), name)
  if (typeof value !== 'string') throw new Error(`A stranger got no ${name}`)
  return value
}
