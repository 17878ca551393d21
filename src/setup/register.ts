import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { createCustomerApi } from '../livechat/customer-api'
import { LiveChatAccountsError } from '../livechat/errors'
import { explain, explainAccounts } from '../session/explain'
import type { Memory } from '../session/memory'
import { createScope, webhookUrlOf, type Scope } from '../session/scope'
import { withDeadline } from '../shared/deadline'
import type { Runtime } from '../shared/runtime'
import { probeCredentials } from '../session/probe'

const budgetMs = 20_000

/**
 * Checks the configuration with effects nobody sees in LiveChat: one kept probe identity, which never opens a chat.
 * Repeating it changes nothing.
 * @throws RuntimeError with one sentence that names the field and the click that mends it
 */
export const createRegister =
  (runtime: Runtime, memory: Memory): bp.IntegrationProps['register'] =>
  async (props) => {
    await withDeadline(runtime, budgetMs, async (deadline) => {
      const scope = createScope(props, runtime, memory, deadline)
      refuseSpaces('Webhook secret', scope.settings.webhookSecret)
      refuseSpaces('Previous webhook secret', scope.settings.previousWebhookSecret ?? '')
      // Sessions will use the address of the environment, so that is what is checked.
      if (props.webhookUrl !== scope.app.redirectUri) scope.log.warn('webhook_url_differs')
      await check(scope)
    }).catch((error: unknown) => {
      throw error instanceof RuntimeError ? error : new RuntimeError(sentence(error, webhookUrlOf(props.ctx)))
    })
  }

const check = async (scope: Scope): Promise<void> => {
  const credentials = await probeCredentials(scope)
  const api = createCustomerApi(scope.runtime, scope.memory.http, scope.app.organizationId, credentials, scope.deadline)
  const { groupId } = scope.settings
  // Also proves that the chat API takes the token, so that a start will not be the first to learn otherwise.
  const statuses = await api.listGroupStatuses([groupId ?? 0])
  if (groupId !== undefined && groupId !== 0 && !(String(groupId) in statuses)) {
    throw new RuntimeError(
      `"Group ID": LiveChat has no group ${groupId}. Copy the number from the address of the group's page in LiveChat under Team > Groups, or leave the field empty.`,
    )
  }
}

/** LiveChat compares nothing for us: a space that came with copying would refuse every webhook. */
const refuseSpaces = (title: string, secret: string): void => {
  if (secret !== secret.trim()) {
    throw new RuntimeError(
      `"${title}" begins or ends with a space. Remove it here, and in the Chat Webhooks of your LiveChat app if it is there too.`,
    )
  }
}

const sentence = (error: unknown, webhookUrl: string): string => {
  const text = error instanceof LiveChatAccountsError ? explainAccounts(error, webhookUrl) : explain(error)
  return text.charAt(0).toUpperCase() + text.slice(1)
}
