import { cutAt } from '../../../shared/cut'
import { withFewMarks, withoutInvisibles } from '../../characters'
import { cutText } from '../texts/shorten'

/**
 * Makes a name, a label or a value safe to stand in a line of ours: one line, nothing invisible, nothing that changes
 * the direction of the text after it. What people say is not treated like this: their emoji, Persian and Hebrew need
 * such characters.
 */
export const plainLabel = (text: string): string =>
  withFewMarks(withoutInvisibles(cutAt(text, maxCodeUnits).replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')))
    .replace(/ {2,}/g, ' ')
    .trim()

/** Longer than any value that an agent reads. */
const maxCodeUnits = 20_000

/** Like `plainLabel`, cut after `max` characters. */
export const shortLabel = (text: string, max: number): string => cutText(plainLabel(text), max, () => '…')
