import { RuntimeError } from '@botpress/sdk'
import { capitalised } from '../../operation/failures/explain'
import { explainAgentAccess, explainMissingScopes } from '../../operation/failures/explain-agent-access'
import type { Scope } from '../../operation/scope'
import { configurationApiOf } from '../../operation/agent-apis'
import { enableLicenseWebhooks } from './enable-license-webhooks'
import { registerWebhooks, unregisterWebhooks } from './register-webhooks'
import { missingScopes } from './required-scopes'
import { webhooksOf } from './wanted-webhooks'

/**
 * With agent access, checks that the token has the scopes that it needs, and registers the webhooks of this
 * installation. Without agent access, does nothing. A second call changes nothing.
 * @throws RuntimeError with a short text that names the field, and where to click to correct it
 */
export const setUpWebhooks = async (scope: Scope): Promise<void> => {
  const api = configurationApiOf(scope)
  if (!api) return
  try {
    const missing = await missingScopes(api)
    if (missing.length > 0) throw new RuntimeError(explainMissingScopes(missing))
    await enableLicenseWebhooks(api)
    await registerWebhooks(api, await webhooksOf(scope.app, scope.settings), scope.app.redirectUri)
  } catch (error) {
    if (error instanceof RuntimeError) throw error
    throw new RuntimeError(capitalised(explainAgentAccess(error)), error instanceof Error ? error : undefined)
  }
}

/**
 * Removes the webhooks that `setUpWebhooks` registered. Does nothing without agent access.
 * @throws LiveChatError. Some webhooks may then remain
 */
export const removeWebhooks = async (scope: Scope): Promise<void> => {
  const api = configurationApiOf(scope)
  if (api) await unregisterWebhooks(api, scope.app.redirectUri)
}
