// LiveChat refuses executable files but does not document which. Endings that are also common top-level domains (com,
// app, run) are not in the list, because a title may be the name of a website. For these endings, LiveChat decides.
const endings = 'apk bat cmd cpl deb dll dmg exe hta jar jse lnk msi msp pif pkg ps1 reg rpm scr sh sys vbe vbs wsf wsh'
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
  executableTypes.has(contentType.trim().toLowerCase()) ||
  names.some((name) => name.includes('.') && executableEndings.has(name.split('.').at(-1)?.trim().toLowerCase() ?? ''))
