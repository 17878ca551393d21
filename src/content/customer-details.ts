import type { CustomerDetails } from '../livechat/customer-api'
import { isInventedEmail, realName } from './names'

/** LiveChat takes 100 session fields; some are left for others who write there. */
const maxCustomFields = 90

type Person = { id: string; name?: string | undefined; pictureUrl?: string | undefined; tags: { email?: string } }

/** What the agent's customer card shows: nothing invented, no placeholder. */
export const customerDetails = (person: Person, customFields: Record<string, string>): CustomerDetails => {
  const name = realName(person.name)
  const email = person.tags.email
  const fields = Object.entries(customFields).slice(0, maxCustomFields)
  return {
    ...(name ? { name } : {}),
    ...(email && !isInventedEmail(email) ? { email } : {}),
    ...(person.pictureUrl && /^https?:\/\//i.test(person.pictureUrl) ? { avatar: person.pictureUrl } : {}),
    session_fields: [{ botpress_user_id: person.id }, ...fields.map(([field, value]) => ({ [field]: value }))],
  }
}

/** Custom fields that do not fit on the card, as lines for the briefing: nothing that the bot says is lost. */
export const surplusFields = (customFields: Record<string, string>): string[] =>
  Object.entries(customFields)
    .slice(maxCustomFields)
    .map(([field, value]) => `${field}: ${value}`)
