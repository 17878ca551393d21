import { IntegrationDefinition, z } from '@botpress/sdk'

/** Definition of an integration that has nothing in common with this repository's. */
export default new IntegrationDefinition({
  name: 'guest-book',
  version: '1.0.0',
  configuration: { schema: z.object({ greeting: z.string() }) },
  user: { tags: { livechatEventId: {} } },
})
