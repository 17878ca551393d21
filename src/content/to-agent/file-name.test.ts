import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mediaContentType, mediaName } from './file-name'

describe('mediaName', () => {
  it.each([
    ['the title, which has a fitting ending', 'https://example.com/x', 'Invoice.pdf', 'application/pdf', 'Invoice.pdf'],
    ['the title with an ending of its type', 'https://example.com/x', 'Invoice', 'application/pdf', 'Invoice.pdf'],
    ['the last part of the address', 'https://example.com/a/photo.png', undefined, 'image/png', 'photo.png'],
    ['the address without its query', 'https://example.com/photo.png?key=1#top', undefined, '', 'photo.png'],
    ['the decoded address', 'https://example.com/my%20photo.png', undefined, 'image/png', 'my photo.png'],
    ['an address with a stray percent sign', 'https://example.com/100%.png', undefined, 'image/png', '100%.png'],
    ['the media type if the address says nothing', 'https://example.com/', undefined, 'image/png', 'file.png'],
    ['the media type if the title is blank', 'https://example.com/', '   ', 'image/png', 'file.png'],
    ['the ending of the address for an unknown type', 'https://example.com/a.mp3', 'Song', 'x/y', 'Song.mp3'],
    ['the title without an ending if none is known', 'https://example.com/a', 'Thing', '', 'Thing'],
    [
      'the title with an ending after a number that looks like one',
      'https://example.com/',
      'Invoice 2024.05',
      'application/pdf',
      'Invoice 2024.05.pdf',
    ],
    ['the title with an ending if the title looks like one', 'https://example.com/', 'log', 'image/png', 'log.png'],
    [
      'the last part of the address if the server says octet-stream',
      'https://example.com/a.xyz1',
      undefined,
      'application/octet-stream',
      'a.xyz1',
    ],
    ['the media type if the address is not valid', 'no address', undefined, 'audio/wav', 'file.wav'],
  ])('is %s', (_, url, title, contentType, name) => {
    expect(mediaName(url, title, contentType, 'file')).toBe(name)
  })

  it.each([
    ['a path', '../../etc/passwd', '.._.._etc_passwd'],
    ['a Windows path', 'C:\\temp\\a', 'C__temp_a'],
    ['a header in disguise', 'a"\r\nx-evil: 1', 'a___x-evil_ 1'],
    ['a null character', 'a\u0000b', 'a_b'],
    ['wildcards', '<a|b?c*d>', '_a_b_c_d_'],
  ])('makes %s harmless', (_, title, name) => {
    expect(mediaName('https://example.com/', title, '', 'file')).toBe(name)
  })

  it('keeps the end of a long name, where the ending is', () => {
    const name = mediaName(`https://example.com/${'a'.repeat(500)}.png`, undefined, 'image/png', 'image')
    expect(name).toMatch(/^a+\.png$/)
    expect(name.length).toBeLessThanOrEqual(120)
  })

  it('gives a non-empty name of bounded length without separators or control characters for any input', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.option(fc.string({ unit: 'binary', maxLength: 300 }), { nil: undefined }),
        fc.string(),
        (path, title, contentType) => {
          const name = mediaName(`https://example.com/${path}`, title, contentType, 'file')
          expect(name).not.toBe('')
          expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}]/u)
          expect(name.length).toBeLessThanOrEqual(140)
        },
      ),
    )
  })
})

describe('mediaContentType', () => {
  it.each([
    ['what the server says', 'image/webp', 'photo.png', 'image/webp'],
    ['what the name says if the server says nothing', '', 'photo.png', 'image/png'],
    ['what the name says if the server says only bytes', 'application/octet-stream', 'a.pdf', 'application/pdf'],
    ['what the name says for the older type of plain bytes', 'binary/octet-stream', 'a.mp3', 'audio/mpeg'],
    ['application/octet-stream if neither says anything', '', 'thing', 'application/octet-stream'],
  ])('is %s', (_, declared, name, contentType) => {
    expect(mediaContentType(declared, name)).toBe(contentType)
  })
})
