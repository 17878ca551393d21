import type * as bp from '../bp'
import { findOwnThread } from '../livechat/open-thread'
import { withDeadline } from '../shared/deadline'
import { createLog } from '../shared/log'
import type { Runtime } from '../shared/runtime'
import { customerOf } from './customers'
import type { Memory } from './memory'
import { createScope, type Scope } from './scope'
import type { Opened, StartedThread } from './start-thread'

const budgetMs = 5_000

type Props = { ctx: bp.Context; client: bp.Client; logger: bp.Logger }

/**
 * Closes what a failed start opened, also when the answer to its opening was lost. With a time of its own: the start's may
 * be what has just run out. Never throws: what stays open, the user's next start closes.
 */
export const closeOpened = async (
  props: Props,
  runtime: Runtime,
  memory: Memory,
  botpressUserId: string,
  opened: Opened,
): Promise<void> => {
  if (!opened.attempt) return
  const { attempt } = opened
  try {
    await withDeadline(runtime, budgetMs, (deadline) =>
      close(createScope(props, runtime, memory, deadline), botpressUserId, attempt, opened.thread),
    )
  } catch (error) {
    createLog(props.logger).error('thread_left_open', {
      livechatCustomerId: attempt.livechatCustomerId,
      error: error instanceof Error ? error.name : 'unknown',
    })
  }
}

const close = async (
  scope: Scope,
  botpressUserId: string,
  { livechatCustomerId, startId }: NonNullable<Opened['attempt']>,
  thread: StartedThread | undefined,
): Promise<void> => {
  const api = await customerOf(scope, { botpressUserId, livechatCustomerId })
  const chatId = thread?.chatId ?? (await findOwnThread(api, await api.findChat(), startId))?.chatId
  if (chatId !== undefined) await api.deactivateChat(chatId)
}
