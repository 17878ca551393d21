import type * as bp from '../bp'
import type { LiveChatApp } from '../livechat/accounts'
import { declareCache } from '../shared/cache'
import { withDeadline, type Deadline } from '../shared/deadline'
import { createLog, type Log } from '../shared/log'
import type { Runtime } from '../shared/runtime'
import type { Memory } from './memory'
import { requireObject } from './failures/platform-errors'
import { readSettings, type Settings } from './settings'

/** What one operation works with: clients, settings, memory, and how long it may take. */
export type Scope = {
  runtime: Runtime
  memory: Memory
  client: bp.Client
  log: Log
  settings: Settings
  app: LiveChatApp
  deadline: Deadline
  /** When the operation began, in milliseconds. */
  startedAtMs: number
  integrationId: string
  /** Builds a cache key. Two bots in one process never share an entry. */
  key: (...parts: string[]) => string
  /** Logs and reports an error if it is a mistake of this integration. Never throws. */
  report: (error: unknown) => Promise<void>
}

export type OperationProps = { ctx: bp.Context; client: bp.Client; logger: bp.Logger }

/** @throws RuntimeError when the configuration is unusable */
export const createScope = (
  { ctx, client, logger }: OperationProps,
  { runtime, memory, deadline, report }: Pick<Scope, 'runtime' | 'memory' | 'deadline' | 'report'>,
): Scope => {
  const { settings, app, keyStart } = installationOf(memory, ctx)
  return {
    runtime,
    memory,
    client: guarded(timed(client, runtime, memory), deadline.signal),
    log: createLog(logger),
    settings,
    app,
    deadline,
    startedAtMs: runtime.nowMs(),
    integrationId: ctx.integrationId,
    key: (...parts) => keyStart + JSON.stringify(parts),
    report,
  }
}

/** What all operations of one installation share. */
type Installation = { settings: Settings; app: LiveChatApp; keyStart: string }

/** Reading the settings costs more than the rest of a scope. So we read them once for each configuration. */
const installations = declareCache<Installation>(1_000)

const installationOf = (memory: Memory, ctx: bp.Context): Installation => {
  const { botId, integrationId, webhookId, configuration } = ctx
  const cache = installations(memory)
  const name = JSON.stringify([botId, integrationId, webhookId, configuration])
  const known = cache.get(name)
  if (known) return known
  const settings = readSettings(configuration)
  const { clientId, organizationId } = settings
  const keyStart = memory.shortName(JSON.stringify([botId, integrationId, webhookId, clientId, organizationId]))
  const app = { clientId, organizationId, redirectUri: webhookUrlOf(ctx) }
  const installation = { settings, app, keyStart }
  cache.set(name, installation)
  return installation
}

/**
 * Runs a step of an operation with a budget of its own. The step ends with its budget or with the operation, whichever
 * comes first. After that, the step makes no more calls.
 * @throws DeadlineExceededError
 */
export const withBudget = <T>(scope: Scope, budgetMs: number, part: (limited: Scope) => Promise<T>): Promise<T> =>
  withDeadline(scope.runtime, budgetMs, (deadline) => part(within(scope, deadline)), scope.deadline)

/** The same scope with less time. */
export const within = (scope: Scope, deadline: Deadline): Scope => ({
  ...scope,
  deadline,
  client: guarded(scope.client, deadline.signal),
})

/**
 * Botpress' client. After `signal` has aborted, every call throws. After a deadline the caller may try again, and work
 * that still runs must not make calls beside the new attempt. An answer that is no object, such as the page of a proxy,
 * becomes a PlatformAnswerError.
 */
const guarded = (client: bp.Client, signal: AbortSignal): bp.Client =>
  new Proxy(client, {
    get: (target, name): unknown => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...args: unknown[]): Promise<unknown> => {
        signal.throwIfAborted()
        return requireObject(await Reflect.apply(member, target, args), String(name))
      }
    },
  })

/** Botpress' client, which notes how long a call takes. */
const timed = (client: bp.Client, runtime: Runtime, { platformCall }: Memory): bp.Client =>
  new Proxy(client, {
    get: (target, name): unknown => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...args: unknown[]): Promise<unknown> => {
        const askedAtMs = runtime.nowMs()
        const answer: unknown = await Reflect.apply(member, target, args)
        platformCall.note(runtime.nowMs() - askedAtMs)
        return answer
      }
    },
  })

/**
 * The URL that LiveChat calls. It is also the app's redirect URI. Without `BP_WEBHOOK_URL`, the URL has Botpress'
 * public host.
 */
export const webhookUrlOf = (ctx: { webhookId: string }): string =>
  `${(process.env['BP_WEBHOOK_URL'] ?? 'https://webhook.botpress.cloud').replace(/\/+$/, '')}/${ctx.webhookId}`
