import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNamedExecutable, isTitleHidden, judgeFile, type FileClaims, type FileContent } from './file-name'

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
/** A zip file with these entries, each of them empty. */
const zip = (...names: string[]): Buffer => {
  const header = (mark: string, name: string): Buffer => {
    const fixed = Buffer.alloc(mark === 'PK\x01\x02' ? 46 : 30)
    fixed.write(mark, 'latin1')
    fixed.writeUInt16LE(name.length, mark === 'PK\x01\x02' ? 28 : 26)
    return Buffer.concat([fixed, latin1(name)])
  }
  const entries = Buffer.concat(names.map((name) => header('PK\x03\x04', name)))
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt32LE(entries.length, 16)
  return Buffer.concat([entries, ...names.map((name) => header('PK\x01\x02', name)), end])
}
const ole = (...streams: string[]): Buffer =>
  Buffer.concat([latin1('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1'), Buffer.alloc(504), Buffer.from(streams.join(), 'utf16le')])

const bytes = {
  unknown: latin1('x'),
  empty: Buffer.alloc(0),
  png: latin1('\x89PNG\r\n\x1A\n\0\0\0\rIHDR'),
  jpeg: latin1('\xFF\xD8\xFF\xE0\0\x10JFIF'),
  gif: latin1('GIF89a'),
  webp: latin1('RIFF\x10\0\0\0WEBPVP8 '),
  bmp: Buffer.concat([latin1('BM'), Buffer.alloc(12), Buffer.from([40, 0, 0, 0, 1, 0, 0, 0])]),
  heic: latin1('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
  svg: latin1('<?xml version="1.0"?>\n<!-- made --><svg xmlns="http://www.w3.org/2000/svg"/>'),
  pdf: latin1('%PDF-1.7\n'),
  docx: zip('[Content_Types].xml', '_rels/.rels', 'word/document.xml'),
  xlsx: zip('[Content_Types].xml', 'xl/workbook.xml'),
  odt: Buffer.concat([zip('mimetype').subarray(0, 38), latin1('application/vnd.oasis.opendocument.textPK\x03\x04')]),
  zip: zip('a.txt', 'project/AndroidManifest.xml'),
  apk: zip('AndroidManifest.xml', 'classes.dex'),
  jar: zip('META-INF/', 'META-INF/MANIFEST.MF', 'A.class'),
  xls: ole('Workbook'),
  doc: ole('WordDocument'),
  msi: Buffer.concat([ole(), Buffer.from('84100c0000000000c000000000000046', 'hex')]),
  mp4: latin1('\0\0\0\x20ftypisom\0\0\x02\0isom'),
  m4a: latin1('\0\0\0\x20ftypM4A \0\0\0\0'),
  mov: latin1('\0\0\0\x14ftypqt  \0\0\0\0'),
  webm: latin1('\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\xF7\x81\x01\x42\x82\x84webm'),
  ogg: latin1('OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead'),
  mp3: latin1('ID3\x03\0'),
  aac: Buffer.from([0xff, 0xf1, 0x50, 0x80]),
  amr: latin1('#!AMR\n'),
  wav: latin1('RIFF\x10\0\0\0WAVEfmt '),
  html: latin1('\n<!DOCTYPE html><html><title>Sign in</title>'),
  htmlComment: latin1('<!-- saved --><html lang="en">'),
  xhtml: latin1('<?xml version="1.0"?><!DOCTYPE x><html xmlns="x">'),
  json: latin1('{"ok":false,"error":"expired"}'),
  s3Error: latin1('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>'),
  csv: latin1('a;b\n1;2\n'),
  elf: latin1('\x7FELF\x02\x01'),
  exe: latin1('MZ\x90\0\x03\0\0\0'),
  mach: latin1('\xCF\xFA\xED\xFE\x07'),
  machUniversal: latin1('\xCA\xFE\xBA\xBE\0\0\0\x02'),
  shell: latin1('#!/bin/sh\nrm -rf /'),
  python: latin1('#! /usr/bin/env python3\n'),
  batch: latin1('@ECHO OFF\r\n'),
  dex: latin1('dex\n035\0'),
  deb: latin1('!<arch>\ndebian-binary'),
}
type Bytes = keyof typeof bytes

type Row = [what: string, claims: Partial<FileClaims>, content: Partial<FileContent>, expected: string]
const of = (name: Bytes, contentType = '', fileName?: string): FileContent => ({
  bytes: bytes[name],
  contentType,
  fileName,
})
const judged = (claims: Partial<FileClaims>, content: Partial<FileContent>): string => {
  const all = {
    mediaType: 'file' as const,
    url: 'https://files.example/1055219',
    title: undefined,
    fileName: undefined,
  }
  const file = judgeFile(
    { ...all, ...claims },
    { bytes: bytes.unknown, contentType: '', fileName: undefined, ...content },
  )
  return 'problem' in file ? file.problem : `${file.contentType} ${file.name}`
}
const check = (_: string, claims: Partial<FileClaims>, content: Partial<FileContent>, expected: string): void =>
  expect(judged(claims, content)).toBe(expected)

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const at = (path: string): { url: string } => ({ url: `https://files.example/${path}` })
const image = { mediaType: 'image' } as const
const audio = { mediaType: 'audio' } as const
const video = { mediaType: 'video' } as const

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

describe('the bytes', () => {
  it.each<Row>([
    ['PNG declared as JPEG', image, of('png', 'image/jpeg'), 'image/png 1055219.png'],
    ['JPEG without a type', image, of('jpeg'), 'image/jpeg 1055219.jpg'],
    ['GIF', image, of('gif', 'binary/octet-stream'), 'image/gif 1055219.gif'],
    ['WebP in a name of JPEG, which any viewer opens', at('a.jpg'), of('webp'), 'image/webp a.jpg'],
    ['BMP', image, of('bmp'), 'image/bmp 1055219.bmp'],
    ['HEIC', image, of('heic', 'image/jpeg'), 'image/heic 1055219.heic'],
    ['SVG', image, of('svg', 'text/xml'), 'image/svg+xml 1055219.svg'],
    ['PDF sent as a picture', { ...image, ...at('a.jpg') }, of('pdf', 'image/jpeg'), 'application/pdf a.jpg.pdf'],
    ['an illustration, which holds PDF', { fileName: 'a.ai' }, of('pdf'), 'application/pdf a.ai'],
    ['docx without any name', {}, of('docx', 'application/octet-stream'), `${docx} 1055219.docx`],
    ['docx declared as zip', {}, of('docx', 'application/zip'), `${docx} 1055219.docx`],
    ['docx by its name', { fileName: 'a.docx' }, of('zip', 'application/zip'), `${docx} a.docx`],
    ['docx declared as a picture', { fileName: 'a.docx' }, of('docx', 'image/png'), `${docx} a.docx`],
    ['xlsx declared as old Excel', {}, of('xlsx', 'application/vnd.ms-excel'), `${xlsx} 1055219.xlsx`],
    ['odt', {}, of('odt'), 'application/vnd.oasis.opendocument.text 1055219.odt'],
    ['zip', { fileName: 'a.zip' }, of('zip', 'application/x-zip-compressed'), 'application/zip a.zip'],
    ['zip called a picture', at('a.png'), of('zip', 'image/png'), 'application/zip a.png.zip'],
    ['xls by its bytes', {}, of('xls', 'application/octet-stream'), 'application/vnd.ms-excel 1055219.xls'],
    ['xls by its declared type', {}, of('xls', 'application/vnd.ms-excel'), 'application/vnd.ms-excel 1055219.xls'],
    ['doc by its name', { fileName: 'a.doc' }, of('doc'), 'application/msword a.doc'],
    ['csv by its name', { fileName: 'a.csv' }, of('csv', 'application/vnd.ms-excel'), 'text/csv a.csv'],
    ['csv declared as text', at('a.csv'), of('csv', 'text/plain'), 'text/csv a.csv'],
    ['csv by the server’s name', {}, of('csv', 'text/plain', 'a.csv'), 'text/csv a.csv'],
    ['csv by its type', {}, of('csv', 'text/csv'), 'text/csv 1055219.csv'],
    ['m4a', audio, of('m4a', 'audio/x-m4a'), 'audio/mp4 1055219.m4a'],
    ['m4a without a type', audio, of('m4a'), 'audio/mp4 1055219.m4a'],
    ['m4a declared as film', audio, of('mp4', 'video/mp4'), 'audio/mp4 1055219.m4a'],
    ['m4a by its name', { ...audio, fileName: 'a.m4a' }, of('mp4', 'video/mp4'), 'audio/mp4 a.m4a'],
    ['a voice in WebM', audio, of('webm', 'audio/webm'), 'audio/webm 1055219.webm'],
    ['a voice in WebM by its name', { ...audio, ...at('voice.webm') }, of('webm'), 'audio/webm voice.webm'],
    ['a voice in WebM as a file', at('voice.webm'), of('webm', 'audio/webm'), 'audio/webm voice.webm'],
    ['a film in WebM', video, of('webm', 'video/webm'), 'video/webm 1055219.webm'],
    [
      'a voice of Telegram',
      { ...audio, ...at('file_1.oga') },
      of('ogg', 'application/octet-stream'),
      'audio/ogg file_1.oga',
    ],
    ['Opus', audio, of('ogg', 'audio/ogg; codecs=opus'), 'audio/ogg 1055219.ogg'],
    ['AMR, which begins like a script', audio, of('amr'), 'audio/amr 1055219.amr'],
    ['AAC', audio, of('aac', 'application/octet-stream'), 'audio/aac 1055219.aac'],
    ['MP3', audio, of('mp3', 'audio/mpeg'), 'audio/mpeg 1055219.mp3'],
    ['a film of iPhones', video, of('mov', 'video/quicktime'), 'video/quicktime 1055219.mov'],
    ['nothing that is known', image, of('unknown', 'image/vnd.dwg'), 'image/vnd.dwg 1055219.dwg'],
    [
      'a caption with a dot',
      { ...image, title: 'Ask my dr.doc' },
      of('unknown', 'image/png'),
      'image/png Ask my dr.doc',
    ],
  ])('show %s', check)

  it.each<[string, Bytes, Partial<FileClaims>?, string?]>([
    ['ELF', 'elf', { fileName: 'invoice.pdf' }, 'application/pdf'],
    ['Windows', 'exe', { fileName: 'invoice.pdf' }, 'application/pdf'],
    ['Windows, as a picture', 'exe', image, 'image/png'],
    ['macOS', 'mach'],
    ['macOS, universal', 'machUniversal'],
    ['a shell', 'shell', { fileName: 'notes.txt' }, 'text/plain'],
    ['Python', 'python', { fileName: 'notes.txt' }, 'text/plain'],
    ['a batch file', 'batch', { fileName: 'notes.txt' }],
    ['Android’s code', 'dex'],
    ['an Android app', 'apk'],
    ['an Android app, called zip', 'apk', { fileName: 'a.zip' }, 'application/zip'],
    ['an Android app, by its name', 'zip', { fileName: 'a.apk' }],
    ['an Android app, by its type', 'zip', {}, 'application/vnd.android.package-archive'],
    ['Java', 'jar', {}, 'application/zip'],
    ['an installer', 'msi', { fileName: 'a.doc' }, 'application/msword'],
    ['a Debian package', 'deb'],
  ])('show a program: %s', (_, name, claims = {}, contentType = '') => {
    expect(judged(claims, of(name, contentType))).toBe('executable')
  })

  it('of a document outweigh a declared type that servers give any download', () => {
    expect(judged({}, of('pdf', 'application/x-msdownload'))).toBe('application/pdf 1055219.pdf')
  })

  it.each<[string, string, string]>([
    ['a text that begins with MZ', 'MZ is a country', 'text/plain'],
    ['a text with a hash', '#! what a day', 'text/plain'],
  ])('do not make %s a program', (_, text, contentType) => {
    expect(judged({ fileName: 'a.txt' }, { bytes: latin1(text), contentType })).toBe('text/plain a.txt')
  })
})

describe('a page in place of a file', () => {
  it.each<[string, Partial<FileClaims>, FileContent]>([
    ['a picture', image, of('html', 'text/html')],
    ['a picture, declared as such', { ...image, ...at('a.jpg') }, of('html', 'image/jpeg')],
    ['a picture, as JSON', image, of('json', 'application/json')],
    ['a picture, as JSON without a type', image, of('json')],
    ['a picture, as an error of S3', image, of('s3Error', 'application/xml')],
    ['a picture, as plain text', image, of('unknown', 'text/plain')],
    ['a picture, as XHTML', image, of('xhtml', 'application/xhtml+xml')],
    ['a picture, as a page with a comment', image, of('htmlComment')],
    ['a picture, as a message', image, { ...of('unknown', 'image/png'), bytes: latin1('File not found.\n') }],
    ['a voice, as a message', audio, { ...of('unknown', 'audio/ogg'), bytes: latin1('This link has expired') }],
    ['a voice', audio, of('html', 'text/html; charset=utf-8')],
    ['a film', video, of('html', 'text/html')],
    ['a document', {}, of('html', 'text/html')],
    ['a document by its name', { fileName: 'Invoice.pdf' }, of('html', 'text/html')],
    ['a document by its name, declared as such', { fileName: 'Invoice.pdf' }, of('html', 'application/pdf')],
    ['a document by its address', at('a.docx'), of('html', 'text/html')],
    ['a document, as JSON', {}, of('json', 'application/json')],
    ['a document, as JSON, by its name', { fileName: 'Invoice.pdf' }, of('json', 'application/json')],
    ['a document, as an error of S3', { fileName: 'Invoice.pdf' }, of('s3Error', 'application/xml')],
    ['a table, as a page to sign in', { fileName: 'a.xls' }, of('html', 'text/html')],
    ['a text, as a page to sign in', { fileName: 'a.txt' }, of('html', 'text/html')],
    ['a page that says nothing', {}, of('unknown', 'text/html')],
  ])('is recognised for %s', (_, claims, content) => {
    expect(judged(claims, content)).toBe('page')
  })

  it.each<Row>([
    ['a page', { fileName: 'a.html' }, of('html', 'text/html'), 'text/html a.html'],
    ['a page by its address', at('a.htm'), of('html', 'text/html'), 'text/html a.htm'],
    ['a page by the server’s name', {}, of('html', 'text/html', 'a.html'), 'text/html a.html'],
    ['JSON', { fileName: 'a.json' }, of('json', 'application/json'), 'application/json a.json'],
    ['JSON in a log', { fileName: 'a.log' }, of('json', 'text/plain'), 'text/plain a.log'],
    ['a notebook', { fileName: 'a.ipynb' }, of('json', 'application/json'), 'application/json a.ipynb'],
    [
      'a table that is a page',
      { fileName: 'a.xls' },
      of('html', 'application/vnd.ms-excel'),
      'application/vnd.ms-excel a.xls',
    ],
  ])('is not what a document is: %s', check)

  it.each([image, audio, video])('is not the same as nothing: %j', (claims) => {
    expect(judged(claims, of('empty', 'image/png'))).toBe('empty')
  })
})

describe('a program by its names alone', () => {
  it.each([
    [{ title: 'a.exe' }, true],
    [{ fileName: 'a.exe', title: 'Invoice.pdf' }, true],
    [at('a.exe'), true],
    [{ title: 'Invoice.pdf' }, false],
  ])('is recognised before it is fetched: %j', (claims, isProgram) => {
    const all = { mediaType: 'file' as const, url: 'https://files.example/1', title: undefined, fileName: undefined }
    expect(isNamedExecutable({ ...all, ...claims })).toBe(isProgram)
  })
})
