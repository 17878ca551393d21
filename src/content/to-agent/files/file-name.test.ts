import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytes, of, judged, check, docx, at, image, audio, type Row } from '../../../../test/helpers/judged-files'
import { isTitleHidden, judgeFile } from './file-name'

describe('the name of a file', () => {
  it.each<Row>([
    ['its title', { title: 'Invoice.pdf' }, of('pdf', 'application/pdf'), 'application/pdf Invoice.pdf'],
    ['its title with an ending', { title: 'Invoice' }, of('pdf'), 'application/pdf Invoice.pdf'],
    ['a title with a number', { title: 'Invoice 2024.05' }, of('pdf'), 'application/pdf Invoice 2024.05.pdf'],
    ['a title that looks like an ending', { title: 'log' }, of('png'), 'image/png log.png'],
    ['a blank title counts as none', { title: '  ', ...at('') }, of('png'), 'image/png file.png'],
    ['its address', at('a/photo.png'), of('png', 'image/png'), 'image/png photo.png'],
    ['its address without a query', at('photo.png?key=1#top'), of('png'), 'image/png photo.png'],
    ['its decoded address', at('my%20photo.png'), of('png'), 'image/png my photo.png'],
    ['an address with a stray percent sign', at('100%.png'), of('png'), 'image/png 100%.png'],
    ['an address that is a program', at('download.php?id=1'), of('pdf'), 'application/pdf download.pdf'],
    ['the ending of its address', { title: 'Song', ...at('a.mp3') }, of('unknown', 'x/y'), 'x/y Song.mp3'],
    ['an unknown ending of its address', at('a.xyz1'), of('unknown'), 'application/octet-stream a.xyz1'],
    ['its kind, if nothing else is known', at(''), of('png'), 'image/png file.png'],
    ['its kind at an invalid address', { url: 'none', ...audio }, of('wav'), 'audio/wav audio.wav'],
    [
      'its own name, as WhatsApp passes it',
      { fileName: 'Rechnung März (1).pdf', ...at('whatsapp-media_1055219') },
      of('pdf', 'application/pdf'),
      'application/pdf Rechnung März (1).pdf',
    ],
    ['its own name before a title', { fileName: 'a.pdf', title: 'My invoice' }, of('pdf'), 'application/pdf a.pdf'],
    ['its own name with an unknown ending', { fileName: 'plan.heix' }, of('zip'), 'application/zip plan.heix'],
    ['its own name without a folder', { fileName: 'C:\\temp\\a.pdf' }, of('pdf'), 'application/pdf a.pdf'],
    ['its own name without an ending', { fileName: 'README' }, of('unknown', 'text/plain'), 'text/plain README.txt'],
    ['the server’s name', at('9f86d081884c7d65'), of('pdf', '', 'invoice.pdf'), 'application/pdf invoice.pdf'],
    ['the server’s name without a path', {}, of('pdf', '', '../../x/invoice.pdf'), 'application/pdf invoice.pdf'],
    ['its title before the server’s name', { title: 'May' }, of('pdf', '', 'i.pdf'), 'application/pdf May.pdf'],
    ['the server’s ending', { title: 'May' }, of('unknown', '', 'i.csv'), 'text/csv May.csv'],
    ['a served name that says little', at('a.csv'), of('csv', '', 'download'), 'text/csv a.csv'],
    ['a served name without an ending', at('9f86d0'), of('pdf', '', 'invoice'), 'application/pdf invoice.pdf'],
    [
      'the file’s name in an address that is a key',
      { url: 'https://api.telegram.org/file/bot123:ABC/photos/file_0.jpg' },
      of('jpeg'),
      'image/jpeg file_0.jpg',
    ],
    [
      'no secret of an address',
      { url: 'https://api.telegram.org/file/bot123:ABC' },
      of('pdf'),
      'application/pdf file.pdf',
    ],
    ['no key in an address', { url: 'https://x.example/api_key/abcdef' }, of('pdf'), 'application/pdf file.pdf'],
    ['no file of a key', { url: 'https://x.example/api_key/SECRET.jpg', ...image }, of('jpeg'), 'image/jpeg image.jpg'],
    [
      'no title that holds a key',
      { title: '/api_key/SECRET.jpg', ...at('a.jpg'), ...image },
      of('jpeg'),
      'image/jpeg a.jpg',
    ],
    [
      'no name of a server that holds a key',
      at('a.pdf'),
      of('pdf', '', 'xoxb-123456789012.pdf'),
      'application/pdf a.pdf',
    ],
    ['no name of dots', { fileName: '..', ...at('a.pdf') }, of('pdf'), 'application/pdf a.pdf'],
    ['no name of dots behind a folder', { fileName: 'a/..' }, of('pdf'), 'application/pdf 1055219.pdf'],
    ['no title of dots', { title: '...', ...at('') }, of('pdf'), 'application/pdf file.pdf'],
    ['without dots at its end', { fileName: 'photo.jpg. .' }, of('jpeg'), 'image/jpeg photo.jpg'],
    ['without invisible characters', { fileName: 'pho\u200Bto.j\u00ADpg' }, of('jpeg'), 'image/jpeg photo.jpg'],
    ['as Persian is written', { fileName: 'می‌خواهم.pdf' }, of('pdf'), 'application/pdf می‌خواهم.pdf'],
    ['no address of data', { url: 'data:image/png;base64,AAAA', ...image }, of('png'), 'image/png image.png'],
  ])('is %s', check)

  it.each([
    ['a path', '../../etc/passwd', '.._.._etc_passwd'],
    ['a Windows path', 'C:\\temp\\a', 'C__temp_a'],
    ['a header in disguise', 'a"\r\nx-evil: 1', 'a___x-evil_ 1'],
    ['a null character', 'a\u0000b', 'a_b'],
    ['wildcards', '<a|b?c*d>', '_a_b_c_d_'],
    ['a turned direction of writing', 'a\u202Egpj.pdf', 'agpj.pdf'],
  ])('is harmless: %s', (_, title, name) => {
    expect(judged({ title }, {})).toMatch(new RegExp(`^\\S+ ${name.replace(/[|.*?]/g, '\\$&')}$`))
  })

  it('shows the beginning of a long title, and its ending', () => {
    const caption = `Hello ${'word '.repeat(47)}`
    expect(judged({ title: caption, ...image }, of('jpeg'))).toMatch(/^image\/jpeg Hello word .*\.jpg$/)
    expect(judged(at(`${'a'.repeat(500)}.png`), of('png'))).toMatch(/^image\/png a{116}\.png$/)
  })

  it.each([
    ['short', { title: 'Invoice' }, false],
    ['absent', { fileName: 'a.pdf' }, false],
    ['too long for a name', { title: 'x'.repeat(121) }, true],
    ['not in the file’s own name', { title: 'My invoice', fileName: 'a.pdf' }, true],
    ['the file’s own name', { title: 'a.pdf', fileName: 'a.pdf' }, false],
    ['the beginning of the file’s own name', { title: 'a', fileName: 'a.pdf' }, false],
  ])('hides a title that is %s', (_, claims, isHidden) => {
    const all = { mediaType: 'file' as const, url: '', title: undefined, fileName: undefined }
    expect(isTitleHidden({ ...all, ...claims })).toBe(isHidden)
  })

  it('is never empty, long, or more than a name, for any input', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 })
    const maybe = fc.option(text, { nil: undefined })
    fc.assert(
      fc.property(text, maybe, maybe, maybe, fc.string(), (path, title, fileName, header, contentType) => {
        const claims = { mediaType: 'file' as const, url: `https://example.com/${path}`, title, fileName }
        const file = judgeFile(claims, { bytes: bytes.pdf, contentType, fileName: header })
        if ('problem' in file) return
        expect(file.name).not.toBe('')
        expect(file.name).not.toMatch(/[\\/:*?"<>|\p{Cc}]/u)
        expect(file.name.length).toBeLessThanOrEqual(120)
        expect(file.contentType).toBe('application/pdf')
      }),
    )
  })
})

describe('an ending that opens the file is found for', () => {
  it.each([
    ['audio/aac', 'aac', 'audio/aac'],
    ['audio/opus', 'opus', 'audio/opus'],
    ['audio/mpeg', 'mp3', 'audio/mpeg'],
    ['audio/mp3', 'mp3', 'audio/mpeg'],
    ['audio/mp4', 'm4a', 'audio/mp4'],
    ['audio/x-m4a', 'm4a', 'audio/mp4'],
    ['audio/ogg; codecs=opus', 'ogg', 'audio/ogg'],
    ['audio/webm', 'webm', 'audio/webm'],
    ['audio/amr', 'amr', 'audio/amr'],
    ['audio/flac', 'flac', 'audio/flac'],
    ['audio/wave', 'wav', 'audio/wav'],
    ['audio/3gpp', '3gp', 'audio/3gpp'],
    ['image/jpg', 'jpg', 'image/jpeg'],
    ['IMAGE/PJPEG', 'jpg', 'image/jpeg'],
    ['image/x-png', 'png', 'image/png'],
    ['image/heic', 'heic', 'image/heic'],
    ['video/quicktime', 'mov', 'video/quicktime'],
    ['video/3gpp', '3gp', 'video/3gpp'],
    ['video/avi', 'avi', 'video/x-msvideo'],
    ['application/x-zip-compressed', 'zip', 'application/zip'],
    ['application/x-rar', 'rar', 'application/vnd.rar'],
    ['application/x-pdf', 'pdf', 'application/pdf'],
    ['application/x-gzip', 'gz', 'application/gzip'],
    ['application/csv', 'csv', 'text/csv'],
    ['text/x-vcard', 'vcf', 'text/vcard'],
    [docx, 'docx', docx],
    ['application/vnd.ms-excel', 'xls', 'application/vnd.ms-excel'],
  ])('the type %s', (contentType, ending, type) => {
    expect(judged({}, { contentType })).toBe(`${type} 1055219.${ending}`)
  })
})
