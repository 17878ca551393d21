import { describe, expect, it } from 'vitest'
import { webAddress } from './web-address'

describe('webAddress', () => {
  it.each([
    ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
    ['HTTP://EXAMPLE.COM', 'HTTP://EXAMPLE.COM'],
    [' https://example.com ', 'https://example.com'],
    ['//cdn.example.com/a', 'https://cdn.example.com/a'],
    ['cdn.example.com/a.png', 'https://cdn.example.com/a.png'],
    ['cdn.example.com', 'https://cdn.example.com'],
  ])('gives an address for %j', (address, opened) => {
    expect(webAddress(address)).toBe(opened)
  })

  it.each([
    'javascript:alert(1)',
    'JavaScript://example.com/%0aalert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://example.com',
    'mailto:a@example.com',
    '/relative',
    'word',
    'two words.example',
    'https://',
    '',
  ])('gives no address for %j', (address) => {
    expect(webAddress(address)).toBeUndefined()
  })
})
