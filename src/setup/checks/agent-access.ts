import { isApiErrorOfType } from '../../livechat/errors'
import { capitalised } from '../../operation/failures/explain'
import { explainAgentAccess, explainMissingScopes } from '../../operation/failures/explain-agent-access'
import { itsWord, saidType } from './error-words'
import type { AgentFacts, Judge } from './facts'
import { notChecked, ok, problem, warning, type Fact } from './finding'

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
  judge: ({ agentSide, token }) => {
    if (!agentSide) return ok('Not set up. It is optional.')
    const { tags, chatSettings: _, ...needed } = agentSide
    const missing = Object.entries(scopes).flatMap(([name, scope]) =>
      saidType(needed[name as keyof typeof scopes], 'authorization') ? [scope] : [],
    )
    const other = Object.values<Fact<unknown>>(needed)
      .flatMap((fact) => (fact.kind === 'failed' ? [fact.error] : []))
      .find((error) => !isApiErrorOfType(error, 'authorization', 'group_not_found'))
    if (token.kind === 'failed' && isApiErrorOfType(other, 'validation', 'not_found'))
      return notChecked('LiveChat knows no app with this "Client ID"')
    if (other !== undefined) {
      const issue = isApiErrorOfType(other, 'authentication', 'validation', 'not_found') ? 'token_refused' : undefined
      const fix = capitalised(explainAgentAccess(other))
      return problem(`LiveChat gives no answer to the token${itsWord(other)}.`, fix, issue)
    }
    if (missing.length > 0)
      return problem(`The token lacks ${missing.join(', ')}.`, explainMissingScopes(missing), 'token_refused')
    if (!saidType(tags, 'authorization')) return ok('The token has all scopes that are needed.')
    const forTags = ['chats--all:rw']
    return warning('The token may not read chats, so there are no tags.', explainMissingScopes(forTags))
  },
}
