import { expect, it } from 'vitest'
import { parseDsn } from './sentry'

it.each([
  ['https://key@o1.ingest.sentry.io/42', 'https://o1.ingest.sentry.io/api/42/envelope/'],
  ['https://key@sentry.example.com:8443/below/here/7', 'https://sentry.example.com:8443/below/here/api/7/envelope/'],
  ['https://key:secret@sentry.example.com/7/', 'https://sentry.example.com/api/7/envelope/'],
])('reads the project of %s', (dsn, url) => {
  expect(parseDsn(dsn)).toEqual({ url, publicKey: 'key' })
})

it.each([
  '',
  'key',
  'http://key@sentry.example.com/7',
  'https://sentry.example.com/7',
  'https://key@sentry.example.com/',
])('finds no project in %j', (dsn) => {
  expect(parseDsn(dsn)).toBeUndefined()
})
