import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { LiveChatError } from '../livechat/errors'
import type { Memory } from '../session/memory'
import { createScope, webhookUrlOf } from '../session/scope'
import { DeadlineExceededError, withDeadline } from '../shared/deadline'
import { createLog } from '../shared/log'
import type { Runtime } from '../shared/runtime'
import { clearAgentSide } from './agent-side'
import { descriptionStart } from './wanted-webhooks'

const budgetMs = 15_000

/**
 * Removes the webhooks that `register` set up with agent access. Customers and chats stay in LiveChat, because they
 * belong to the license's history. Invalid credentials or an unusable configuration do not prevent uninstalling: the
 * log then says which webhooks may remain.
 */
export const createUnregister =
  (runtime: Runtime, memory: Memory): bp.IntegrationProps['unregister'] =>
  async (props) => {
    try {
      await withDeadline(runtime, budgetMs, (deadline) => clearAgentSide(createScope(props, runtime, memory, deadline)))
    } catch (error) {
      if (!isExpected(error)) throw error
      createLog(props.logger).warn('webhooks_left_behind', {
        error: error.message,
        remove: `the Chat Webhooks of your LiveChat app to ${webhookUrlOf(props.ctx)} described as "${descriptionStart}"`,
      })
    }
  }

const isExpected = (error: unknown): error is Error =>
  error instanceof LiveChatError || error instanceof RuntimeError || error instanceof DeadlineExceededError
