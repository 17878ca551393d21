import type { ConfigurationApi } from '../livechat/configuration-api'
import { isApiErrorOfType } from '../livechat/errors'

/** What a token must be allowed to do, each with a read that shows whether it is. */
const readsByScope: Record<string, (api: ConfigurationApi) => Promise<unknown>> = {
  'webhooks.configuration:rw': (api) => api.listWebhooks(),
  'webhooks.state:rw': (api) => api.licenseWebhooksEnabled(),
  'agents--all:ro': (api) => api.listAgents(),
  'groups--all:ro': (api) => api.listGroups(),
}

/**
 * Scopes that a Personal Access Token lacks. `chats--all:rw` is not among them: only tags need it, and looking would mean
 * reading somebody's chat.
 * @throws LiveChatError for whatever else stands in the way, such as a wrong token
 */
export const missingScopes = async (api: ConfigurationApi): Promise<string[]> => {
  const reads = Object.entries(readsByScope).map(async ([scope, read]) => {
    try {
      await read(api)
      return []
    } catch (error) {
      if (!isApiErrorOfType(error, 'authorization')) throw error
      return [scope]
    }
  })
  return (await Promise.all(reads)).flat()
}
