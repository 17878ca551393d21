import { pages } from '../../definitions/console-pages'
import { plain } from './error-words'
import type { Judge } from './facts'
import { notChecked, ok, problem, warning } from './finding'

/** Whether the group that receives the chats exists, whether it has agents, and whether a session can start now. */
export const groupCheck: Judge = {
  id: 'group',
  title: 'Group',
  judge: ({ groupStatuses, settings: { groupId, whenOffline }, agentSide }) => {
    if (groupStatuses.kind !== 'known') return notChecked('LiveChat’s chat API gave no answer')
    const status = groupStatuses.value[String(groupId ?? 0)]
    if (status === undefined && groupId !== undefined && groupId !== 0) {
      return problem(
        `LiveChat has no group ${groupId}.`,
        `"Group ID": LiveChat has no group ${groupId}. Copy the number from the address of the group’s page (${pages.groups}), or leave the field empty.`,
        'group_gone',
      )
    }
    const who = groupId === undefined ? 'Group 0 (LiveChat chooses, the field is empty)' : `Group ${groupId}`
    const priorities = agentSide?.group.kind === 'known' ? agentSide.group.value.agent_priorities : undefined
    const agents = priorities && Object.keys(priorities).length
    if (agents === 0) {
      return problem(
        `${who} has no agents.`,
        `Nobody would ever answer in group ${groupId ?? 0}. Add agents to it (${pages.groups}), or correct "Group ID".`,
      )
    }
    if (status === 'offline' && whenOffline === 'fail') {
      return warning(
        `${who} is offline: no session can start at this moment.`,
        'Let an agent accept chats in LiveChat, or set "When nobody is online" to "queue".',
      )
    }
    return ok(`${who} is ${plain(status ?? 'there')}${agents === undefined ? '' : `, agents in it: ${agents}`}.`)
  },
}
