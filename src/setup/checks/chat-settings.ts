import type { Judge } from './facts'
import { notChecked, ok, warning } from './finding'

/** On a website, silence for this long means that nobody is there any more. On messengers, it does not. */
const shortMin = 60

const times = {
  archive_chat_after_min: 'chats are closed after',
  archive_offline_chat_after_min: 'chats that began while nobody was there are closed after',
  chat_inactive_after_min: 'chats count as inactive after',
}

/** LiveChat's own settings that decide how long a session lasts, and to which agent an end user comes back. */
export const chatSettingsCheck: Judge = {
  id: 'chatSettings',
  title: 'LiveChat’s chat settings',
  judge: ({ agentSide }) => {
    if (!agentSide) return ok('Only "Agent access" can read them.')
    const { chatSettings } = agentSide
    if (chatSettings.kind !== 'known') return notChecked('LiveChat did not tell them')
    const short = Object.entries(times).flatMap(([name, words]) => {
      const minutes = chatSettings.value[name]
      return typeof minutes === 'number' && minutes > 0 && minutes < shortMin
        ? [`${words} ${minutes} min without a message (${name})`]
        : []
    })
    const goesToAnybody = chatSettings.value['prefer_recent_agent'] === false
    const seen = [
      ...(short.length > 0 ? [`${sentence(short.join(', '))}.`] : []),
      ...(goesToAnybody ? ['Who comes back goes to any free agent (prefer_recent_agent is off).'] : []),
    ]
    const fixes = [
      ...(short.length > 0
        ? [
            'If your bot is on messengers, where people answer hours later: raise these times to a day in LiveChat under Settings > Inactivity timeouts. Otherwise a late answer goes to the bot. On a website they are fine.',
          ]
        : []),
      ...(goesToAnybody
        ? ['To bring people back to the agent whom they know, change it in LiveChat under Settings > Chat assignment.']
        : []),
    ]
    return seen.length > 0 ? warning(seen.join(' '), fixes.join(' ')) : ok('They suit a bot on any channel.')
  },
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
