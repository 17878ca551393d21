import { percentDecoded } from '../../../shared/percent'
import { withFewMarks, withoutInvisibles } from '../../characters'

// LiveChat refuses executable files but does not document which. Endings that are also common top-level domains (com,
// app, run) are not in the list, because a title may be the name of a website. For these endings, LiveChat decides.
const endings =
  'apk appx bash bat cmd command cpl deb dll dmg exe gadget hta jar jse lnk msi msix msp msu pif pkg ps1 psm1 reg rpm scf scr sh sys vb vbe vbs wsf wsh xll'
const executableEndings = new Set(endings.split(' '))

const executableTypes = new Set([
  'application/java-archive',
  'application/vnd.android.package-archive',
  'application/vnd.microsoft.portable-executable',
  'application/x-apple-diskimage',
  'application/x-bat',
  'application/x-dosexec',
  'application/x-elf',
  'application/x-executable',
  'application/x-mach-binary',
  'application/x-ms-installer',
  'application/x-msdos-program',
  'application/x-msdownload',
  'application/x-msi',
  'application/x-sh',
])

/** Whether any of a file's names, or its content type, marks it as executable. */
export const isExecutable = (names: string[], contentType: string): boolean =>
  executableTypes.has(contentType.trim().toLowerCase()) || names.some(isProgramName)

const isProgramName = (name: string): boolean => {
  const seen = asSystemsSee(name)
  // On Windows, a file's name ends before one of these marks.
  const [start = ''] = seen.split(/[:?"<>|*]/)
  return [seen, start].some((each) => each.includes('.') && executableEndings.has(lastPart(each)))
}

/** A name as operating systems see it: readers may not notice other forms of letters, or invisible characters. */
const asSystemsSee = (name: string): string =>
  withoutInvisibles(withFewMarks(percentDecoded(name)).normalize('NFKC'))
    .replace(/\p{Cc}/gu, '')
    .toLowerCase()

/** Windows ignores dots and blanks at the end of a name. */
const lastPart = (name: string): string => {
  let end = name.length
  while (end > 0 && '. '.includes(name.charAt(end - 1))) end -= 1
  return name.slice(name.lastIndexOf('.', end - 1) + 1, end).trim()
}
