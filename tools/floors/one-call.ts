import { Integration, type IntegrationProps } from '@botpress/sdk'
import axios = require('axios')
import { Agent } from 'node:https'

/**
 * The least work that a relay on this SDK can do: one call per direction and nothing else. It does not check the
 * secret, look anything up, or parse by a schema; every id comes with the request.
 */

const agent = new Agent({ keepAlive: true })

type WebhookBody = { payload: { chat_id: string; user_id: string; event: { id: string; text: string } } }

const handler: IntegrationProps['handler'] = async ({ client, req }) => {
  const { payload } = JSON.parse(req.body ?? '{}') as WebhookBody
  await client.getOrCreateMessage({
    conversationId: payload.chat_id,
    userId: payload.user_id,
    type: 'text',
    payload: { text: payload.event.text },
    tags: { livechatEventId: payload.event.id },
    discriminateByTags: ['livechatEventId'],
  })
  return { status: 200, body: 'ok' }
}

type Messages = NonNullable<IntegrationProps['channels'][string]['messages']>

const sendText: Messages[string] = async ({ payload, conversation, message }) => {
  await axios.post(
    'https://api.livechatinc.com/v3.6/customer/action/send_event?organization_id=floor',
    {
      chat_id: conversation.tags['livechatChatId'],
      event: { type: 'message', text: (payload as { text: string }).text, custom_id: message.id },
    },
    { httpsAgent: agent, proxy: false, headers: { authorization: 'Bearer floor' } },
  )
}

export default new Integration({
  register: () => Promise.resolve(),
  unregister: () => Promise.resolve(),
  handler,
  actions: {},
  channels: { hitl: { messages: { text: sendText } } },
})
