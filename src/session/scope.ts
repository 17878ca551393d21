import type * as bp from '../bp'
import type { LiveChatApp } from '../livechat/accounts'
import type { Deadline } from '../shared/deadline'
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
    client: props.client,
    log: createLog(props.logger),
    settings,
    app: { clientId: settings.clientId, organizationId: settings.organizationId, redirectUri: webhookUrlOf(props.ctx) },
    deadline,
    integrationId: props.ctx.integrationId,
    key: (...parts) => installation + JSON.stringify(parts),
  }
}

/** The address that LiveChat calls, which is also the app's redirect URI. The public host stands in when Botpress names none. */
export const webhookUrlOf = (ctx: { webhookId: string }): string =>
  `${(process.env['BP_WEBHOOK_URL'] ?? 'https://webhook.botpress.cloud').replace(/\/+$/, '')}/${ctx.webhookId}`
