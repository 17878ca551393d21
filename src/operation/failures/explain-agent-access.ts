import { pages } from '../../definitions/console-pages'
import { LiveChatApiError } from '../../livechat/errors'
import { explain } from './explain'

/** All scopes that agent access uses. `chats--all:rw` is only for tags, unassigned chats, and closing chats. */
const agentScopes = [
  'webhooks.configuration:rw',
  'webhooks.state:rw',
  'agents--all:ro',
  'groups--all:ro',
  'chats--all:rw',
]

/** Says which scopes a token lacks and what to do. The scopes of a token cannot change after the token is created. */
export const explainMissingScopes = (scopes: string[]): string =>
  `"Agent access": the Personal Access Token lacks ${scopes.length === 1 ? 'the scope' : 'the scopes'} ${scopes.join(', ')}. The scopes of a token cannot be changed: make a new one with all of them, as an administrator, under ${pages.tokens}: ${agentScopes.join(', ')}.`

/** Explains a failed call with the Personal Access Token. The short text says who must do what. */
export const explainAgentAccess = (error: unknown): string => {
  if (!(error instanceof LiveChatApiError)) return explain(error)
  switch (error.type) {
    case 'authentication':
      return `"Agent access": LiveChat does not accept this "Account ID" with this "Personal Access Token". Copy both again from ${pages.tokens}, or make a new token there.`
    case 'authorization':
      return `"Agent access": LiveChat does not let this Personal Access Token call "${error.action}". Make a new one as an administrator under ${pages.tokens}, with all scopes: ${agentScopes.join(', ')}.`
    case 'validation':
    case 'not_found':
      return `"Agent access": LiveChat does not let this Personal Access Token manage the app with this "Client ID" (${error.action}). Both must belong to the same organization: make a token there, under ${pages.tokens}.`
    default:
      return explain(error)
  }
}
