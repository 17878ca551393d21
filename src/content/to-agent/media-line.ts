import { agentTexts } from './agent-texts'
import { isKey, shownAddress } from './safe-address'
import { cutText } from './shorten'

/**
 * The file's own name, which some channels put into `filename` (WhatsApp, for example). No schema of Botpress has the
 * field, so it may be anything.
 */
export const fileNameOf = (payload: object): string | undefined => {
  const name: unknown = 'filename' in payload ? payload.filename : 'fileName' in payload ? payload.fileName : undefined
  return typeof name === 'string' && name.trim() !== '' ? name.trim() : undefined
}

/** The title that a channel gives, unless it repeats an address that may not be shown. */
export const titleOf = ({ title }: { title?: string | undefined }): string | undefined =>
  title !== undefined && /^\s*[^\s/]*\/\/\S+\s*$/.test(title) && isKey(title) ? undefined : title

/** A file of the history in one line: its kind, its title or name, and its address if that may be shown. */
export const mediaLine = (
  kind: keyof typeof agentTexts.mediaKinds,
  address: string,
  payload: { title?: string | undefined },
): string => {
  const title = titleOf(payload) || fileNameOf(payload)
  const titled = title ? ` "${cutText(title, maxTitleCharacters, agentTexts.charactersLeftOut)}"` : ''
  return labelledAddress(agentTexts.mediaKinds[kind] + titled, address)
}
const maxTitleCharacters = 500

/** An address behind its label, or why it is not shown. */
export const labelledAddress = (label: string, address: string): string => {
  const shown = shownAddress(address)
  return 'address' in shown ? `${label}: ${shown.address}` : `${label}, ${shown.reason}`
}

/** The picture of a card: its address alone. */
export const pictureLine = (address: string): string =>
  'address' in shownAddress(address) ? address : mediaLine('image', address, {})
