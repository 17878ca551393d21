import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { LiveChatError } from '../livechat/errors'
import { budgets } from '../operation/budgets'
import { operationWithoutSettings, type Host } from '../operation/operation'
import { webhookUrlOf, withBudget } from '../operation/scope'
import { DeadlineExceededError } from '../shared/deadline'
import { createLog } from '../shared/log'
import { removeWebhooks } from './webhooks/set-up-webhooks'
import { descriptionStart } from './webhooks/wanted-webhooks'

/**
 * Removes the webhooks that `register` set up with agent access. Customers and chats stay in LiveChat, because they
 * belong to the license's history. With invalid credentials or an unusable configuration, the integration can still be
 * uninstalled. The log then says which webhooks may remain.
 */
export const createUnregister = (host: Host): bp.IntegrationProps['unregister'] =>
  operationWithoutSettings(
    host,
    { name: 'unregister', budgetMs: budgets.unregister.wholeMs, failure: 'The webhooks could not be removed' },
    async (openScope, { ctx, logger }: Parameters<bp.IntegrationProps['unregister']>[0]) => {
      try {
        await withBudget(openScope(), budgets.unregister.clearingMs, removeWebhooks)
      } catch (error) {
        if (!isExpected(error)) throw error
        createLog(logger).warn('webhooks_may_remain', {
          error: error.message,
          remove: `the Chat Webhooks of your LiveChat app to ${webhookUrlOf(ctx)} described as "${descriptionStart}"`,
        })
      }
    },
  )

const isExpected = (error: unknown): error is Error =>
  error instanceof LiveChatError || error instanceof RuntimeError || error instanceof DeadlineExceededError
