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
  ])('does not take %j of type %j for a program', (name, contentType) => {
    expect(isExecutable([name], contentType)).toBe(false)
  })
})
