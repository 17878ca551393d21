import { IntegrationDefinition } from '@botpress/sdk'
import { version } from './package.json'
import { bundlingOptions } from './src/bundling/options'
import { actions } from './src/definitions/actions'
import { configuration } from './src/definitions/configuration'
import { entities } from './src/definitions/entities'
import { events } from './src/definitions/events'
import { hitlInterface } from './src/definitions/hitl-interface'
import { secrets } from './src/definitions/secrets'
import { states } from './src/definitions/states'
import { conversationTags, messageTags, userTags } from './src/definitions/tags'

export default new IntegrationDefinition({
  name: 'livechat-hitl',
  version,
  title: 'LiveChat HITL',
  description:
    'Hands your bot’s conversations over to human agents in LiveChat, and back again (human in the loop, HITL).',
  icon: 'icon.svg',
  readme: 'hub.md',
  attributes: { category: 'Customer Support' },
  configuration,
  actions,
  events,
  user: { tags: userTags },
  states,
  entities,
  secrets,
  __advanced: { esbuild: bundlingOptions },
}).extend(hitlInterface, (self) => ({
  entities: { hitlSession: self.entities.hitlSession },
  channels: {
    hitl: {
      title: 'LiveChat session',
      description: 'Carries one session between a bot and a LiveChat agent',
      conversation: { tags: conversationTags },
      message: { tags: messageTags },
    },
  },
}))
