import { cutText } from '../texts/shorten'
import { plainLabel } from './plain-label'
import { withoutKeys } from '../addresses/safe-address'

/**
 * A name or value that a channel, flow or bot fills in, as one line without keys, cut after `max` characters. First
 * makes the line, because characters that disappear from it could hide a key.
 */
export const cleanLabel = (text: string, max = Number.POSITIVE_INFINITY): string =>
  cutText(withoutKeys(plainLabel(text)), max, () => '…')
