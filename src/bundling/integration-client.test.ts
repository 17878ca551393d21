import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { withoutOtherApis } from './integration-client'

const packageFile = (path: string): string => readFileSync(`node_modules/@botpress/${path}`, 'utf8')

it('finds the five clients in the installed package', () => {
  const code = packageFile('client/dist/index.mjs')
  const removed = code.split('{Client:()=>').length - withoutOtherApis(code).split('{Client:()=>').length
  expect(removed).toBe(5)
})

it('leaves a package of another shape as it is', () => {
  const code = 'var a={};fill(a,{Client:()=>b,more:()=>c});export{a as admin,d as Client};'
  expect(withoutOtherApis(code)).toBe(code)
})

it('has every name that the SDK takes from the client', () => {
  const sdk = packageFile('sdk/dist/index.cjs')
  const copies = [...sdk.matchAll(/(\w+)=(?:\w+\()?require\("@botpress\/client"\)/g)].map(([, copy = '']) => copy)
  const taken = copies.flatMap((copy) =>
    [...sdk.matchAll(new RegExp(`\\b${copy}\\.(\\w+)`, 'g'))].map(([, name]) => name),
  )
  const given = /export \{([^}]*)\}/.exec(readFileSync('src/bundling/botpress-client.mjs', 'utf8'))?.[1] ?? ''
  expect(copies.length).toBe(sdk.split('require("@botpress/client")').length - 1)
  expect(taken).toContain('Client')
  expect(given.split(',').map((name) => name.trim())).toEqual(expect.arrayContaining(taken))
})
