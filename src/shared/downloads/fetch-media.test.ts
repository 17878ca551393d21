import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMediaFetcher } from './fetch-media'
import { systemRuntime } from '../runtime'

const fetchMedia = createMediaFetcher(systemRuntime)
const refused = { ok: false, reason: 'address_not_allowed' }

describe('createMediaFetcher', () => {
  let server: Server
  let port = 0
  let requests = 0
  beforeAll(async () => {
    server = createServer((_, response) => {
      requests += 1
      response.end('secret of the local network')
    })
    await new Promise<void>((resolve) => server.listen(0, resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  it.each([
    ['loopback', (at: number) => `http://127.0.0.1:${at}/`],
    ['loopback by name', (at: number) => `http://localhost:${at}/`],
    ['loopback in another letter case', (at: number) => `HTTP://LOCALHOST:${at}/`],
    ['loopback as one number', (at: number) => `http://2130706433:${at}/`],
    ['loopback in hexadecimal', (at: number) => `http://0x7f.0.0.1:${at}/`],
    ['loopback in octal', (at: number) => `http://0177.0.0.1:${at}/`],
    ['loopback in short', (at: number) => `http://127.1:${at}/`],
    ['loopback in full-width digits', (at: number) => `http://１２７.０.０.１:${at}/`],
    ['another address of loopback', (at: number) => `http://127.8.9.10:${at}/`],
    ['loopback of IPv6', (at: number) => `http://[::1]:${at}/`],
    ['loopback of IPv4 within IPv6', (at: number) => `http://[::ffff:127.0.0.1]:${at}/`],
    ['loopback of IPv4 within IPv6 in hexadecimal', (at: number) => `http://[::ffff:7f00:1]:${at}/`],
    ['the unspecified address', (at: number) => `http://0.0.0.0:${at}/`],
    ['the unspecified address of IPv6', (at: number) => `http://[::]:${at}/`],
    ['loopback by https', (at: number) => `https://127.0.0.1:${at}/`],
    ['loopback in front of which an account is named', (at: number) => `http://example.com@127.0.0.1:${at}/`],
  ])('connects to nothing on this machine: %s', async (_, addressAt) => {
    const before = requests
    await expect(fetchMedia(addressAt(port), 1_000)).resolves.toEqual(refused)
    expect(requests).toBe(before)
  })

  it.each([
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/latest/meta-data/',
    'http://100.64.0.1/',
    'http://192.0.2.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://[ff02::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
  ])('does not reach into a private network: %s', async (address) => {
    await expect(fetchMedia(address, 1_000)).resolves.toEqual(refused)
  })

  it.each([
    '',
    'no address',
    '/relative',
    '//127.0.0.1/',
    'file:///etc/passwd',
    'ftp://example.com/a.png',
    'data:text/plain,hello',
    'javascript:alert(1)',
    'blob:https://example.com/1',
    'gopher://example.com/',
    'http://',
    'http://[::1',
    'http://user@example.com/',
    'http://user:password@example.com/',
    'https://:password@example.com/',
  ])('refuses %j as the address of a file', async (address) => {
    await expect(fetchMedia(address, 1_000)).resolves.toEqual(refused)
  })
})
