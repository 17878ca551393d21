import type { CustomerDetails } from '../../../livechat/customer-api'
import { agentTexts } from '../agent-texts'
import { isInventedEmail, realName } from './placeholder-names'
import { cleanLabel } from '../labels/clean-label'
import { isKey } from '../addresses/safe-address'

/** LiveChat allows 100 session fields. Some stay free for others, such as other integrations. */
const maxFields = 90
/** LiveChat documents no limits for names and values. Ours keep the card readable at a glance. */
const maxNameCharacters = 100
const maxValueCharacters = 500
const userIdField = 'botpress_user_id'

type EndUser = { id: string; name?: string | undefined; pictureUrl?: string | undefined; tags: { email?: string } }
type SessionFacts = {
  phone?: string | undefined
  language?: string | undefined
  customFields?: Record<string, string> | undefined
}

/**
 * The details that the bot gives about a session, by name. A phone number is among them because not every LiveChat API
 * has a field for a customer's phone number. If a custom field has the same name as one of our fields, the custom field
 * wins, because the bot chose it.
 */
export const sessionFields = ({ phone, language, customFields = {} }: SessionFacts): Record<string, string> => ({
  ...(phone?.trim() ? { [agentTexts.phone]: phone.trim() } : {}),
  ...(language?.trim() ? { [agentTexts.language]: language.trim() } : {}),
  ...customFields,
})

/**
 * What the agent's customer card shows. Leaves out placeholder names, made-up addresses and empty fields. Shortens long
 * fields, and leaves out all fields after the first 90. The briefing has all fields, in full.
 */
export const customerDetails = (endUser: EndUser, fields: Record<string, string>): CustomerDetails => {
  const name = cleanLabel(realName(endUser.name) ?? '', maxNameCharacters)
  const email = endUser.tags.email
  const onCard = Object.entries(fields)
    .map(([field, value]) => [cleanLabel(field, maxNameCharacters), cleanLabel(value, maxValueCharacters)] as const)
    .filter(([field, value]) => field !== '' && field !== userIdField && value !== '')
    .slice(0, maxFields)
  return {
    ...(name ? { name } : {}),
    ...(email && !isInventedEmail(email) ? { email } : {}),
    ...(endUser.pictureUrl && isPublicPicture(endUser.pictureUrl) ? { avatar: endUser.pictureUrl } : {}),
    session_fields: [{ [userIdField]: endUser.id }, ...onCard.map(([field, value]) => ({ [field]: value }))],
  }
}

/** Telegram's profile pictures, for example, have the bot's token in their address. */
const isPublicPicture = (address: string): boolean => /^https?:\/\//i.test(address) && !isKey(address)
