import { agentScopes, amber, birch, type Sandbox, type SandboxOptions } from '../sandbox/start-sandbox'
import { agentSays, startTalk, userSays } from '../test/helpers/talk'
import { costSince, type Cost } from './ledger-cost'

/**
 * One kind of operation on the emulators. `prepare` is not measured. It returns `act`, which triggers the operation
 * once; the first operation of the given name is measured.
 */
export type Operation = {
  name: string
  /** It cannot be measured twice in one sandbox. */
  needsNewSandbox?: true
  /** Its name in the ledger of the Botpress emulator. */
  operation: string
  /** The call that brings the text to its reader. */
  arrival?: string
  livechatKnobs?: SandboxOptions['livechatKnobs']
  agentAccess?: SandboxOptions['agentAccess']
  prepare: (sandbox: Sandbox) => Promise<() => Promise<unknown>>
}

const webhook = 'operation/webhook_received'
const action = 'operation/action_triggered'
const message = 'operation/message_created'
const toUser = 'POST /v1/chat/messages/get-or-create'
const toAgent = 'customer/send_event'

// Nothing else may run while a start is measured, and an assignment would also cause a webhook.
const nobodyTakesIt = { autoAssign: false }
const file = { name: 'kettle.png', contentType: 'image/png', bytes: Buffer.alloc(20_000) }

let people = 0
const newPerson = async (sandbox: Sandbox): Promise<{ userId: string; messageHistory: [] }> => {
  people += 1
  const person = { name: 'Teal', email: `bench${people}@example.com` }
  const { userId } = await sandbox.installation.runAction('createUser', person)
  return { userId: String(userId), messageHistory: [] }
}

const warmTalk = async (sandbox: Sandbox) => {
  const talk = await startTalk(sandbox)
  await agentSays(sandbox, talk.chatId, 'Hello')
  await userSays(sandbox, talk.user, 'Hello')
  return talk
}

const inNewProcess =
  (prepare: Operation['prepare']): Operation['prepare'] =>
  async (sandbox) => {
    const act = await prepare(sandbox)
    await sandbox.settle()
    await sandbox.integration.restart()
    return act
  }

const agentWrites: Operation['prepare'] = async (sandbox) => {
  const { chatId } = await warmTalk(sandbox)
  return async () => sandbox.livechat.desk.say(chatId, amber.email, 'One more thing')
}

const userWrites: Operation['prepare'] = async (sandbox) => {
  const { user } = await warmTalk(sandbox)
  return () => user.say('One more thing')
}

export const operations: Operation[] = [
  {
    name: 'register',
    operation: 'operation/register',
    prepare: async (sandbox) => () => sandbox.installation.register(),
  },
  {
    name: 'createUser',
    operation: action,
    prepare: async (sandbox) => () => newPerson(sandbox),
  },
  {
    name: 'startHitl, first, nobody free',
    operation: action,
    livechatKnobs: nobodyTakesIt,
    prepare: async (sandbox) => {
      const input = await newPerson(sandbox)
      return () => sandbox.installation.runAction('startHitl', input)
    },
  },
  {
    name: 'startHitl, returning, new process, nobody free',
    operation: action,
    livechatKnobs: nobodyTakesIt,
    prepare: inNewProcess(async (sandbox) => {
      const input = await newPerson(sandbox)
      const known = new Set(sandbox.livechat.desk.chats().map(({ chatId }) => chatId))
      await sandbox.installation.runAction('startHitl', input)
      const opened = sandbox.livechat.desk.chats().find(({ chatId }) => !known.has(chatId))
      sandbox.livechat.desk.close(opened?.chatId ?? '', amber.email)
      return () => sandbox.installation.runAction('startHitl', input)
    }),
  },
  { name: 'agent → end user, warm', operation: webhook, arrival: toUser, prepare: agentWrites },
  { name: 'agent → end user, new process', operation: webhook, arrival: toUser, prepare: inNewProcess(agentWrites) },
  {
    name: 'agent → end user, new process, webhooks that say whose the chat is',
    operation: webhook,
    arrival: toUser,
    agentAccess: agentScopes,
    prepare: inNewProcess(agentWrites),
  },
  {
    name: 'agent → end user, new process, unknown agent',
    // Afterwards the agent is known.
    needsNewSandbox: true,
    operation: webhook,
    arrival: 'POST /v1/chat/initialize-incoming-message',
    livechatKnobs: { ...nobodyTakesIt, chatTransferredOnFirstAssignment: 'never' },
    prepare: inNewProcess(async (sandbox) => {
      const { chatId } = await startTalk(sandbox, { pickUpBy: birch.email })
      return async () => sandbox.livechat.desk.say(chatId, birch.email, 'Hello')
    }),
  },
  {
    name: 'agent → end user, second in a new process',
    operation: webhook,
    arrival: toUser,
    prepare: async (sandbox) => {
      const { chatId } = await warmTalk(sandbox)
      await sandbox.integration.restart()
      await agentSays(sandbox, chatId, 'Are you there?')
      return async () => sandbox.livechat.desk.say(chatId, amber.email, 'One more thing')
    },
  },
  { name: 'end user → agent, warm', operation: message, arrival: toAgent, prepare: userWrites },
  { name: 'end user → agent, new process', operation: message, arrival: toAgent, prepare: inNewProcess(userWrites) },
  {
    name: 'file, agent → end user',
    operation: webhook,
    arrival: toUser,
    prepare: async (sandbox) => {
      const { chatId } = await warmTalk(sandbox)
      return async () => sandbox.livechat.desk.sendFile(chatId, amber.email, file)
    },
  },
  {
    name: 'file, end user → agent',
    operation: message,
    arrival: toAgent,
    prepare: async (sandbox) => {
      const { user } = await warmTalk(sandbox)
      const url = sandbox.botpress.addPublicFile(file)
      return () => user.sendImage(url, file.name)
    },
  },
  {
    name: 'transfer to a known agent',
    operation: webhook,
    prepare: async (sandbox) => {
      const { chatId } = await warmTalk(sandbox)
      const { desk } = sandbox.livechat
      desk.transferToAgent(chatId, amber.email, birch.email)
      await sandbox.settle()
      await agentSays(sandbox, chatId, 'Let me see', birch.email)
      desk.transferToAgent(chatId, birch.email, amber.email)
      await sandbox.settle()
      // The claims of these changes are no longer valid then.
      await sandbox.advance(10_000)
      return async () => desk.transferToAgent(chatId, amber.email, birch.email)
    },
  },
  {
    name: 'stopHitl, warm',
    operation: action,
    prepare: async (sandbox) => {
      const { conversationId } = await warmTalk(sandbox)
      refuseWebhooks(sandbox)
      return () => sandbox.installation.runAction('stopHitl', { conversationId })
    },
  },
  {
    name: 'stopHitl, new process',
    operation: action,
    prepare: inNewProcess(async (sandbox) => {
      const { conversationId } = await warmTalk(sandbox)
      refuseWebhooks(sandbox)
      return () => sandbox.installation.runAction('stopHitl', { conversationId })
    }),
  },
  {
    name: 'the agent closes the chat',
    operation: webhook,
    prepare: async (sandbox) => {
      const { chatId } = await warmTalk(sandbox)
      return async () => sandbox.livechat.desk.close(chatId, amber.email)
    },
  },
  {
    name: 'webhook with a wrong secret',
    operation: webhook,
    prepare: async (sandbox) => () => sandbox.postWebhook('{"secret_key":"wrong"}'),
  },
]

/** The end of the chat causes a webhook, whose calls are not those of the stop. */
const refuseWebhooks = ({ faults }: Sandbox): void => {
  faults.botpress.add({ route: 'webhook/receive', times: Infinity, effect: { kind: 'status', status: 503 } })
}

export const measureOnce = async (sandbox: Sandbox, { operation, arrival, prepare }: Operation): Promise<Cost> => {
  const act = await prepare(sandbox)
  await sandbox.settle()
  const mark = sandbox.ledger.mark()
  await act()
  await sandbox.settle()
  const cost = costSince(sandbox.ledger, mark, operation, arrival)
  await closeChats(sandbox)
  return cost
}

/** The options of a sandbox for an operation. */
export const optionsOf = ({ livechatKnobs, agentAccess }: Operation): SandboxOptions => ({
  ...(livechatKnobs ? { livechatKnobs } : {}),
  ...(agentAccess ? { agentAccess } : {}),
})

/** An agent takes only a limited number of chats at once. */
const closeChats = async ({ livechat: { desk }, settle }: Sandbox): Promise<void> => {
  for (const { chatId, state, agentIds } of desk.chats()) {
    if (state !== 'closed') desk.close(chatId, agentIds[0] ?? amber.email)
  }
  await settle()
}
