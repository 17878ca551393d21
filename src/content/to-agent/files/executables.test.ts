import { describe, expect, it } from 'vitest'
import { isExecutable } from './executables'

describe('isExecutable', () => {
  it.each([
    ['setup.exe', ''],
    ['SETUP.EXE', ''],
    ['invoice.pdf.exe', 'application/pdf'],
    ['run.sh', ''],
    ['script.ps1', ''],
    ['app.apk', ''],
    ['run.bat.', ''],
    ['x.exe. . ', ''],
    ['x.exe\u00A0', ''],
    ['x.e\u200Bxe', ''],
    ['x.exe\u200D\uFEFF', ''],
    ['x.\u202Eexe', ''],
    ['x.\u00ADscr', ''],
    ['x.ｅｘｅ', ''],
    ['x．exe', ''],
    ['x.𝐞𝐱𝐞', ''],
    ['x.exe\0', ''],
    ['a.scr?x', ''],
    ['a.exe:stream', ''],
    ['a.exe"', ''],
    ['a.bat|b.txt', ''],
    ['a.cmd<b', ''],
    ['a%2Eexe', ''],
    ['a.%65xe', ''],
    ['photo.png', 'application/x-msdownload'],
    ['photo.png', ' Application/X-DosExec '],
  ])('recognises %j of type %j as a program', (name, contentType) => {
    expect(isExecutable([name], contentType)).toBe(true)
  })

  it('recognises a program by any of its names', () => {
    expect(isExecutable(['Holiday pictures', 'setup.exe'], '')).toBe(true)
  })

  it.each([
    ['photo.png', 'image/png'],
    ['archive.zip', 'application/zip'],
    ['exe', ''],
    ['the exe file', ''],
    ['Our site: example.com', ''],
    ['manual.executable.pdf', 'application/pdf'],
    ['', ''],
    ['.', ''],
    ['name.constructor', 'toString'],
    ['A picture of "setup.exe" and what it says', ''],
    ['Time: 10:30', ''],
    ['100%.pdf', ''],
    ['...', ''],
  ])('does not take %j of type %j for a program', (name, contentType) => {
    expect(isExecutable([name], contentType)).toBe(false)
  })
})
