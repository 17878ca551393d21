import { accepted, type LiveChat } from './calls'
import { at, listAt, textAt } from './json'
import type { Me } from './stage'

/** What the token needs, and for what. */
export const scopes = {
  'webhooks.configuration:rw': 'registers webhooks and removes them',
  'chats--access:rw': 'writes in the chats of the probe and closes them',
  'agents--all:ro': "finds the token's owner and the owner's status",
  'agents--my:rw': "sets the owner's status and puts it back",
  'groups--all:ro': 'makes sure that nobody else is in the group',
}

/** The probe cannot begin. The message says what to do. */
export class NotReady extends Error {
  public override readonly name = 'NotReady'
}

export type Preflight = { me: Me; groupName: string }

/** Who owns the token, and whether that agent is alone in the group. Only reads. */
export const preflight = async (livechat: LiveChat, accountId: string, groupId: number): Promise<Preflight> => {
  const agents = listAt((await read(livechat, 'list_agents', {})).body)
  const own = agents.find((agent) => textAt(agent, 'account_id') === accountId)
  const email = textAt(own, 'id')
  if (email === undefined)
    throw new NotReady('LIVECHAT_ACCOUNT_ID belongs to no agent of this license: copy it from the page of the token.')
  const fields = ['agent_priorities']
  const group = (await read(livechat, 'get_group', { id: groupId, fields })).body
  const members = Object.keys(Object(at(group, 'agent_priorities')) as object)
  if (!members.includes(email))
    throw new NotReady(`${email}, who owns the token, is not in group ${groupId}: add this agent under Team › Groups.`)
  if (members.length > 1)
    throw new NotReady(
      `Group ${groupId} has ${members.length - 1} more agents, who would get the chats of the probe: make a group with ${email} alone.`,
    )
  return { me: { email, status: textAt(own, 'login_status') ?? 'unknown' }, groupName: textAt(group, 'name') ?? '' }
}

const read = async (livechat: LiveChat, action: string, body: Record<string, unknown>) => {
  const answer = await livechat.configuration(action, body)
  if (answer.errorType === 'authentication')
    throw new NotReady('LiveChat refuses the token: check LIVECHAT_ACCOUNT_ID and LIVECHAT_PERSONAL_ACCESS_TOKEN.')
  if (answer.errorType === 'authorization')
    throw new NotReady(`The token may not call ${action}. It needs: ${Object.keys(scopes).join(', ')}.`)
  if (answer.errorType === 'group_not_found') throw new NotReady('There is no such group: check --group.')
  return accepted(action, answer)
}
