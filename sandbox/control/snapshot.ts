import type { Fault, Faults } from '../faults'
import type { System } from '../start-sandbox'
import type { Masker } from './mask'
import type { People } from './people'
import type { AgentView, ChatView, LedgerView, PendingFault, Snapshot } from './views'
import type { LedgerEntry } from '../ledger'

/** The present state of everything that a client shows. */
export const takeSnapshot = (system: System, people: People, logOffset: number): Snapshot => {
  const { livechat, installation, integration, faults } = system
  const { statusReason } = installation
  return {
    nowMs: system.clock.nowMs(),
    installation: {
      status: installation.status,
      webhookUrl: installation.webhookUrl,
      ...(statusReason === undefined ? {} : { reason: statusReason }),
      ...(integration.pid === undefined ? {} : { processId: integration.pid }),
    },
    people: people.views(),
    agents: livechat.license.agents().map(({ id, name, jobTitle, groupIds, status, maxChats }): AgentView => ({
      id,
      name,
      jobTitle,
      groupIds,
      status,
      maxChats,
    })),
    groups: livechat.license.groups().map(({ id, name }) => ({ id, name })),
    chats: livechat.desk
      .chats()
      .map((chat): ChatView => ({ ...chat, transcript: livechat.desk.transcript(chat.chatId) })),
    faults: [...pendingOf('livechat', faults.livechat), ...pendingOf('botpress', faults.botpress)],
    duplicatesNext: livechat.knobs.webhookDuplicates > 1,
    routing: livechat.knobs.autoAssign ? 'automatic' : 'manual',
    log: installation.logs().slice(logOffset),
  }
}

const pendingOf = (side: PendingFault['side'], faults: Faults): PendingFault[] =>
  faults.pending().map(({ fault, left }) => ({
    side,
    route: routeText(fault),
    effect: fault.effect,
    left: Number.isFinite(left) ? left : null,
  }))

const routeText = ({ route }: Fault): string => (typeof route === 'string' ? route : String(route))

/** An entry of the ledger with secrets masked. */
export const ledgerView = (masker: Masker, entry: LedgerEntry): LedgerView => {
  const { startedMs, endedMs, detail, exchange, ...rest } = entry
  const { request, response } = exchange ?? {}
  return {
    ...rest,
    ...(startedMs === undefined || endedMs === undefined ? {} : { durationMs: endedMs - startedMs }),
    ...(detail ? { detail: masker.value(detail) as Record<string, unknown> } : {}),
    ...(exchange
      ? {
          exchange: {
            ...(request === undefined ? {} : { request: masker.text(request) }),
            ...(response === undefined ? {} : { response: masker.text(response) }),
          },
        }
      : {}),
  }
}
