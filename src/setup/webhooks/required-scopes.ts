import type { ConfigurationApi } from '../../livechat/configuration-api'
import { isApiErrorOfType } from '../../livechat/errors'

/** The scopes that a token needs, each with a read that shows whether the token has it. */
const readsByScope: Record<string, (api: ConfigurationApi) => Promise<unknown>> = {
  'webhooks.configuration:rw': (api) => api.listWebhooks(),
  'webhooks.state:rw': (api) => api.licenseWebhooksEnabled(),
  'agents--all:ro': (api) => api.listAgents(),
  'groups--all:ro': (api) => api.listGroups(),
}

/**
 * The scopes that a Personal Access Token lacks. Does not check `chats--all:rw`. Only optional calls need this scope,
 * and the check would have to read a chat.
 * @throws LiveChatError for any other failure, such as a wrong token
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
