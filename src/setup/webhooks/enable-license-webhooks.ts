import { RuntimeError } from '@botpress/sdk'
import { pages } from '../../definitions/console-pages'
import type { ConfigurationApi } from '../../livechat/configuration-api'
import { isApiErrorOfType, LiveChatApiError } from '../../livechat/errors'
import { explainMissingScopes } from '../../operation/failures/explain-agent-access'

/**
 * Switches the app's webhooks on for the license if they are off. While they are off, LiveChat sends no webhooks.
 * Installing the app switches them on, but somebody can switch them off later.
 * @throws RuntimeError if the webhooks cannot be switched on, LiveChatError if a call fails
 */
export const enableLicenseWebhooks = async (api: ConfigurationApi): Promise<void> => {
  if (await api.licenseWebhooksEnabled()) return
  try {
    await api.enableLicenseWebhooks()
  } catch (error) {
    if (isApiErrorOfType(error, 'authorization')) throw new RuntimeError(explainMissingScopes(['webhooks.state:rw']))
    if (isApiErrorOfType(error, 'authentication')) throw error
    if (!(error instanceof LiveChatApiError) || error.retryable) throw error
    throw notInstalled()
  }
  if (!(await api.licenseWebhooksEnabled())) throw notInstalled()
}

const notInstalled = (): RuntimeError =>
  new RuntimeError(
    `LiveChat sends no webhooks of this app, because it is not installed on your license. Open ${pages.installation}, click "Install app", wait two minutes, and save again.`,
  )
