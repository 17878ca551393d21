import { pages } from '../../definitions/console-pages'

/**
 * What the bot's owner reads on the page "Issues" of the bot's dashboard. The codes are stable: dashboards and alerts
 * may use them. `place` says where to click.
 */
export type IssueText = {
  category: 'configuration' | 'limits' | 'other'
  title: string
  description: string
  place: string
}

export const issueTexts = {
  webhook_secret_refused: {
    category: 'configuration',
    title: 'The secret of LiveChat’s webhooks is wrong',
    description:
      'LiveChat’s webhooks are refused, so agents’ messages do not reach your end users. "Webhook secret" must be the secret key of the Chat Webhooks, character by character. Copy it into the configuration, or give all Chat Webhooks the key of the configuration.',
    place: pages.webhooks,
  },
  webhook_missing: {
    category: 'configuration',
    title: 'A Chat Webhook is missing',
    description:
      'LiveChat does not tell this bot all that it needs: agents’ messages or the ends of chats are missing. Add the Chat Webhooks incoming_event, chat_deactivated and chat_transferred as the guide says, or set up "Agent access" and save the configuration again. The action Diagnose says what is missing.',
    place: pages.webhooks,
  },
  app_not_installed: {
    category: 'configuration',
    title: 'The LiveChat app is not installed',
    description:
      'LiveChat sends no webhooks of your app, so agents’ messages do not reach your end users. Click "Install app" there, wait two minutes, and save the configuration again.',
    place: pages.installation,
  },
  settings_refused: {
    category: 'configuration',
    title: 'LiveChat refuses the app or the organization',
    description:
      'No session can start, because LiveChat no longer accepts "Client ID", "Organization ID" or the address of this bot. Run the action Diagnose: it names the field and what to enter.',
    place: pages.authorization,
  },
  group_gone: {
    category: 'configuration',
    title: 'The LiveChat group does not exist',
    description:
      'No session can start in this group. Copy the number of a group from the address of its page in LiveChat into "Group ID", or leave the field empty. If the bot itself names a group, correct groupId in hitlSession.',
    place: pages.groups,
  },
  token_refused: {
    category: 'configuration',
    title: 'LiveChat refuses the Personal Access Token',
    description:
      'Sessions go on, but without what "Agent access" adds: webhooks are not repaired, and names, tags and opening times may be missing. Make a new token with all scopes that the guide names, as an administrator, and enter it under "Agent access".',
    place: pages.tokens,
  },
  license_refused: {
    category: 'limits',
    title: 'The LiveChat license has expired or a limit is reached',
    description:
      'LiveChat refuses calls because of its license or plan. Look there at what the plan includes, and renew or raise it.',
    place: 'LiveChat > Settings > Billing',
  },
  messages_undelivered: {
    category: 'other',
    title: 'Messages did not arrive',
    description:
      'At least one message of a session did not reach the other side. The bot’s log names the conversation and the reason. If it happens again, run the action Diagnose.',
    place: 'Botpress Dashboard > Logs',
  },
  agent_returned: {
    category: 'other',
    title: 'An agent wrote in a chat that had ended',
    description:
      'An agent opened a closed chat again. The end user is with the bot and has not seen these words. A flow with the trigger hitlAgentReturned can tell the end user; or ask agents to write to the end user in another way.',
    place: 'Botpress Studio > Triggers',
  },
  chat_left_open: {
    category: 'other',
    title: 'A LiveChat chat could not be closed',
    description:
      'The session has ended, but its chat is still open in LiveChat, where agents may write into it. It is closed at the next occasion. An agent can close it by hand.',
    place: 'LiveChat > Chats',
  },
} as const satisfies Record<string, IssueText>

export type IssueCode = keyof typeof issueTexts
