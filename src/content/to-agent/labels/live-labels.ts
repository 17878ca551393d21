import { agentTexts } from '../agent-texts'
import { invisibles } from '../../characters'
import { isRole } from './speakers'
import { skeleton } from './skeleton'
import { changesDirection, isolate, linesAndEnds } from '../texts/words'

/**
 * During a session, words that are not simply the customer's begin with a label in brackets. So no line of the
 * customer's own words may look like such a label.
 */

/** Puts a label before words of somebody other than the session's end user. Call `guardLabels` first. */
export const labelled = (words: string, label: string): string =>
  `[${label}] ${changesDirection(words) ? linesAndEnds(words).map(isolate).join('') : words}`

/**
 * If a line of somebody's words looks like a label, such as `[Bot] …`, puts the speaker's label before it. All other
 * words stay as they are.
 * @param isBotUnlabelled the bot's own words carry no label here, so `[Bot]` misleads nobody
 */
export const guardLabels = (words: string, label: string, isBotUnlabelled = false): string =>
  anyFrame.test(words)
    ? linesAndEnds(words)
        .map((piece) => (looksLabelled(piece, isBotUnlabelled) ? `[${label}] ${piece}` : piece))
        .join('')
    : words

/** Whether words begin like a label. */
export const beginsLikeLabel = (words: string): boolean => {
  const [first = ''] = linesAndEnds(words)
  return looksLabelled(first, false)
}

/** Brackets like those of a label, in either direction: text from right to left shows them turned. */
const brackets = String.raw`\[\]\uFF3B\uFF3D\u3010\u3011\u27E6\u27E7\u301A\u301B\u3014\u3015\u3016\u3017\u3018\u3019\u2045\u2046\u2772\u2773\uFE5D\uFE5E\uFE47\uFE48\uFE39-\uFE3C\u298B-\u2990\u2E22-\u2E29\u2E55-\u2E58\u2308-\u230B\u23A1-\u23A6\u27EC\u27ED\u23B4\u23B5\u2997\u2998`
/** Other brackets, quotes and bars. Around the name of a role, they look like a label, too. */
const frames = String.raw`${brackets}\p{Ps}\p{Pe}\p{Pi}\p{Pf}|\u2502\u2503\u00A6\uFF5C\u2223\u23B8\u23B9<>"'*_\u02E9\u02E5`
const anyFrame = new RegExp(`[${frames}]`, 'u')

const inBrackets = new RegExp(`^[${brackets}]+([^${brackets}]{1,80})[${brackets}]+(.{0,12})`, 'su')
const inFrame = new RegExp(`^[${frames}]+([^${frames}]{1,40})[${frames}]`, 'su')

const looksLabelled = (line: string, isBotUnlabelled: boolean): boolean => {
  if (!anyFrame.test(line)) return false
  const seen = line.replace(unseen, '').trimStart()
  if (beginsWithLabel(seen.slice(0, maxLabel), isBotUnlabelled)) return true
  // What is written backwards ends with the label.
  return backwards.test(line) && beginsWithLabel(Array.from(seen.slice(-maxLabel)).reverse().join(''), isBotUnlabelled)
}
const unseen = new RegExp(`[${invisibles}\\p{Cc}\\p{M}]+`, 'gu')
const backwards = /[\u202B\u202E\u2067]/
const maxLabel = 120

/** Our own texts in brackets are no labels. */
const ownTexts = new Set([agentTexts.keyLeftOut, agentTexts.dataLeftOut].map((text) => text.slice(1, -1)))

/** A label is at least two letters in brackets that begin no link, or the name of a role in any frame. */
const beginsWithLabel = (start: string, isBotUnlabelled: boolean): boolean => {
  const role = roleIn(start) ?? roleIn(start.replace(leadingMarks, ''))
  if (role !== undefined) return !(isBotUnlabelled && isBot(role))
  const [, words = '', after = ''] = inBrackets.exec(start) ?? []
  return /\p{L}.*\p{L}/su.test(words) && !isLink.test(after) && !ownTexts.has(words)
}
/** Marks of lists, quotes and code, an escape, and signs. They may stand before a label, and an app may hide them. */
const leadingMarks = /^(?:[\s>+*•·#~`\\.,_=\p{Pd}\p{So}]|\d{1,3}[.)])+/u
const roleIn = (start: string): string | undefined => {
  const framed = inFrame.exec(start)?.[1]
  return framed !== undefined && isRole(framed) ? framed : undefined
}
const isBot = (name: string): boolean => skeleton(name) === skeleton(agentTexts.bot)
const isLink = /^\((?:[a-z][a-z0-9+.-]*:|www\.|\/|#)/i
