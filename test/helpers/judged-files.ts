import { expect } from 'vitest'
import { judgeFile, type FileClaims, type FileContent } from '../../src/content/to-agent/files/file-name'

/** Small files of each kind, and what is made of them for the agent. */

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
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

export const bytes = {
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
export type Bytes = keyof typeof bytes

export type Row = [what: string, claims: Partial<FileClaims>, content: Partial<FileContent>, expected: string]
export const of = (name: Bytes, contentType = '', fileName?: string): FileContent => ({
  bytes: bytes[name],
  contentType,
  fileName,
})
export const judged = (claims: Partial<FileClaims>, content: Partial<FileContent>): string => {
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
export const check = (_: string, claims: Partial<FileClaims>, content: Partial<FileContent>, expected: string): void =>
  expect(judged(claims, content)).toBe(expected)

export const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const at = (path: string): { url: string } => ({ url: `https://files.example/${path}` })
export const image = { mediaType: 'image' } as const
export const audio = { mediaType: 'audio' } as const
export const video = { mediaType: 'video' } as const
