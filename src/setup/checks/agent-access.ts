import { isApiErrorOfType } from '../../livechat/errors'
import { capitalised } from '../../operation/explain'
import { explainAgentAccess, explainMissingScopes } from '../../operation/explain-agent-access'
import { itsWord, saidType } from './error-words'
import type { AgentFacts, Judge } from './facts'
import { ok, problem, warning, type Fact } from './finding'

const scopes = {
  webhooks: 'webhooks.configuration:rw',
  webhooksEnabled: 'webhooks.state:rw',
  agents: 'agents--all:ro',
  group: 'groups--all:ro',
} satisfies Partial<Record<keyof AgentFacts, string>>

/** Whether the token has the scopes that we use. Another check reports a group that does not exist. */
export const agentAccessCheck: Judge = {
  id: 'agentAccess',
  title: 'Agent access',
  judge: ({ agentSide }) => {
    if (!agentSide) return ok('Not set up. It is optional.')
    const { tags, ...needed } = agentSide
    const missing = Object.entries(scopes).flatMap(([name, scope]) =>
      saidType(needed[name as keyof typeof scopes], 'authorization') ? [scope] : [],
    )
    const other = Object.values<Fact<unknown>>(needed)
      .flatMap((fact) => (fact.kind === 'failed' ? [fact.error] : []))
      .find((error) => !isApiErrorOfType(error, 'authorization', 'group_not_found'))
    if (other !== undefined) {
      return problem(`LiveChat gives no answer to the token${itsWord(other)}.`, capitalised(explainAgentAccess(other)))
    }
    if (missing.length > 0) return problem(`The token lacks ${missing.join(', ')}.`, explainMissingScopes(missing))
    if (!saidType(tags, 'authorization')) return ok('The token may do all that is asked of it.')
    const forTags = ['chats--all:rw']
    return warning('The token may not read chats, so there are no tags.', explainMissingScopes(forTags))
  },
}
