import type * as bp from '../bp'
import type { LiveChatApp } from '../livechat/accounts'
import { withDeadline, type Deadline } from '../shared/deadline'
import { createLog, type Log } from '../shared/log'
import type { Runtime } from '../shared/runtime'
import type { Memory } from './memory'
import { readSettings, type Settings } from './settings'

/** What one operation works with: whose bot it is, how it is configured, and how long it may take. */
export type Scope = {
  runtime: Runtime
  memory: Memory
  client: bp.Client
  log: Log
  settings: Settings
  app: LiveChatApp
  deadline: Deadline
  integrationId: string
  /** Key in a shared cache: two bots in one process never share an entry. */
  key: (...parts: string[]) => string
}

type Props = { ctx: bp.Context; client: bp.Client; logger: bp.Logger }

/** @throws RuntimeError when the configuration is unusable */
export const createScope = (props: Props, runtime: Runtime, memory: Memory, deadline: Deadline): Scope => {
  const settings = readSettings(props.ctx.configuration)
  const installation = memory.installations(
    JSON.stringify([
      props.ctx.botId,
      props.ctx.integrationId,
      props.ctx.webhookId,
      settings.clientId,
      settings.organizationId,
    ]),
  )
  return {
    runtime,
    memory,
    client: untilAborted(props.client, deadline.signal),
    log: createLog(props.logger),
    settings,
    app: { clientId: settings.clientId, organizationId: settings.organizationId, redirectUri: webhookUrlOf(props.ctx) },
    deadline,
    integrationId: props.ctx.integrationId,
    key: (...parts) => installation + JSON.stringify(parts),
  }
}

/**
 * Runs a part of an operation that has `budgetMs` of its own; once these are over, the part makes no further calls.
 * @throws DeadlineExceededError
 */
export const withBudget = <T>(scope: Scope, budgetMs: number, part: (limited: Scope) => Promise<T>): Promise<T> =>
  withDeadline(scope.runtime, budgetMs, (deadline) =>
    part({ ...scope, deadline, client: untilAborted(scope.client, deadline.signal) }),
  )

/**
 * The platform's client as long as there is time. Work that was given up has been answered for, and is done again by
 * whoever asked: it must not go on beside that when a call that hung comes back.
 */
const untilAborted = (client: bp.Client, signal: AbortSignal): bp.Client =>
  new Proxy(client, {
    get: (target, name): unknown => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...args: unknown[]): Promise<unknown> => {
        signal.throwIfAborted()
        return Reflect.apply(member, target, args)
      }
    },
  })

/** The address that LiveChat calls, which is also the app's redirect URI. The public host stands in when Botpress names none. */
export const webhookUrlOf = (ctx: { webhookId: string }): string =>
  `${(process.env['BP_WEBHOOK_URL'] ?? 'https://webhook.botpress.cloud').replace(/\/+$/, '')}/${ctx.webhookId}`
