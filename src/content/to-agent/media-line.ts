import { agentTexts } from './agent-texts'
import type { FileClaims } from './files/file-name'
import { plainLabel, shortLabel } from './labels/plain-label'
import { shownAddress, withoutKeys } from './addresses/safe-address'
import type { Media } from './said'

/** What a message says about its file, without keys. */
export const claimsOf = ({ mediaType, url, title, fields }: Media): FileClaims => ({
  mediaType,
  url,
  title: titleOf(title),
  fileName: fileNameOf(fields),
})

/**
 * The file's own name, which some channels put into `filename` (WhatsApp, for example). No schema of Botpress has the
 * field, so it may be anything.
 */
const fileNameOf = (payload: Record<string, unknown>): string | undefined => {
  const name = 'filename' in payload ? payload['filename'] : payload['fileName']
  const isName = typeof name === 'string' && name.trim() !== '' && withoutKeys(name) === name
  return isName ? name.trim() : undefined
}

/** Without a title that only repeats an address that may not be shown. */
const titleOf = (title: string | undefined): string | undefined => {
  const told = withoutKeys(title ?? '')
  return told.trim() === '' || told.trim() === agentTexts.keyLeftOut ? undefined : told
}

/** A file of the history in one line: its kind, its title or name, and its address if that may be shown. */
export const mediaLine = (media: Media): string => {
  const { mediaType, url, title, fileName } = claimsOf(media)
  const label = shortLabel(title ?? '', maxTitleCharacters) || shortLabel(fileName ?? '', maxTitleCharacters)
  const titled = label === '' ? '' : ` "${label}"`
  return labelledAddress(agentTexts.mediaKinds[mediaType] + titled, url)
}
const maxTitleCharacters = 300

/** An address behind its label, or why it is not shown. */
export const labelledAddress = (label: string, address: string): string => {
  const shown = shownAddress(address)
  return 'address' in shown ? `${label}: ${plainLabel(shown.address)}` : `${label}, ${shown.reason}`
}
