import type { CustomerDetails } from '../livechat/customer-api'
import { agentTexts } from './agent-texts'
import { cutText } from './cut-middle'
import { isInventedEmail, realName } from './names'

/** LiveChat takes 100 session fields; some are left for others who write there. */
const maxFields = 90
/** No document says how long they may be; a longer one would be no field to read at a glance. */
const maxNameCharacters = 100
const maxValueCharacters = 500
const userIdField = 'botpress_user_id'

type Person = { id: string; name?: string | undefined; pictureUrl?: string | undefined; tags: { email?: string } }
type SessionFacts = {
  phone?: string | undefined
  language?: string | undefined
  customFields?: Record<string, string> | undefined
}

/**
 * What the bot says about the session, as name and value. LiveChat takes no phone number from a customer other than
 * here. A custom field of the same name stands, since the bot chose it.
 */
export const sessionFields = ({ phone, language, customFields = {} }: SessionFacts): Record<string, string> => ({
  ...(phone?.trim() ? { [agentTexts.phone]: phone.trim() } : {}),
  ...(language?.trim() ? { [agentTexts.language]: language.trim() } : {}),
  ...customFields,
})

/**
 * What the agent's customer card shows: nothing invented, no placeholder. Of many or long fields only what fits; the
 * briefing has them all.
 */
export const customerDetails = (person: Person, fields: Record<string, string>): CustomerDetails => {
  const name = realName(person.name)
  const email = person.tags.email
  const onCard = Object.entries(fields)
    .map(([field, value]) => [short(field, maxNameCharacters), short(value, maxValueCharacters)] as const)
    .filter(([field, value]) => field !== '' && field !== userIdField && value !== '')
    .slice(0, maxFields)
  return {
    ...(name ? { name } : {}),
    ...(email && !isInventedEmail(email) ? { email } : {}),
    ...(person.pictureUrl && /^https?:\/\//i.test(person.pictureUrl) ? { avatar: person.pictureUrl } : {}),
    session_fields: [{ [userIdField]: person.id }, ...onCard.map(([field, value]) => ({ [field]: value }))],
  }
}

const short = (text: string, max: number): string => cutText(text.trim(), max, () => '…')
