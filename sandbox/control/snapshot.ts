import type { Fault, Faults } from '../faults'
import type { System } from '../start-sandbox'
import type { People } from './people'
import type { AgentView, ChatView, PendingFault, Snapshot } from './views'

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
    botEvents: installation.botEvents().map(({ id, type, payload }) => ({ id, type, payload })),
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
