import { Integration } from '@botpress/sdk'

type Webhook = { action: string; payload: { event?: { id: string; text?: string } } }

/** An integration that has nothing in common with this repository's: whatever agents write becomes a user's name. */
export default new Integration({
  register: () => Promise.resolve(),
  unregister: () => Promise.resolve(),
  handler: async ({ req, client, ctx }) => {
    const { action, payload } = JSON.parse(req.body ?? '{}') as Webhook
    if (action !== 'incoming_event' || !payload.event) return
    const { greeting } = ctx.configuration as { greeting: string }
    await client.getOrCreateUser({
      name: `${greeting}, ${payload.event.text}`,
      tags: { livechatEventId: payload.event.id },
    })
  },
  actions: {},
  channels: {},
})
