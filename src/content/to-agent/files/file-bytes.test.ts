import { describe, expect, it } from 'vitest'
import {
  latin1,
  of,
  judged,
  check,
  docx,
  xlsx,
  at,
  image,
  audio,
  video,
  type Row,
  type Bytes,
} from '../../../../test/helpers/judged-files'
import { isNamedExecutable, type FileClaims, type FileContent } from './file-name'

describe('the bytes', () => {
  it.each<Row>([
    ['PNG declared as JPEG', image, of('png', 'image/jpeg'), 'image/png 1055219.png'],
    ['JPEG without a type', image, of('jpeg'), 'image/jpeg 1055219.jpg'],
    ['GIF', image, of('gif', 'binary/octet-stream'), 'image/gif 1055219.gif'],
    ['WebP in a name of JPEG, which any viewer opens', at('a.jpg'), of('webp'), 'image/webp a.jpg'],
    ['BMP', image, of('bmp'), 'image/bmp 1055219.bmp'],
    ['HEIC in a name of JPEG', { ...image, ...at('IMG_1.jpg') }, of('heic', 'image/jpeg'), 'image/heic IMG_1.jpg.heic'],
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
    ['a letter, as a message', { fileName: 'a.docx' }, { ...of('unknown', 'text/plain'), bytes: latin1('Not found') }],
    ['a page that says nothing', {}, of('unknown', 'text/html')],
  ])('is recognised for %s', (_, claims, content) => {
    expect(judged(claims, content)).toBe('page')
  })

  it.each<Row>([
    ['a page', { fileName: 'a.html' }, of('html', 'text/html'), 'text/html a.html'],
    ['a page by its address', at('a.htm'), of('html', 'text/html'), 'text/html a.htm'],
    ['a page by the server’s name', {}, of('html', 'text/html', 'a.html'), 'text/html a.html'],
    [
      'a text with such words',
      { fileName: 'a.txt' },
      { ...of('unknown', 'text/plain'), bytes: latin1('Not found') },
      'text/plain a.txt',
    ],
    ['JSON', { fileName: 'a.json' }, of('json', 'application/json'), 'application/json a.json'],
    ['JSON in a log', { fileName: 'a.log' }, of('json', 'text/plain'), 'text/plain a.log'],
    ['a notebook', { fileName: 'a.ipynb' }, of('json', 'application/json'), 'application/x-ipynb+json a.ipynb'],
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
