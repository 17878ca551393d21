import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { withoutEarlyFetch, withoutOtherApis } from './cut-packages'

const packageFile = (path: string): string => readFileSync(`node_modules/${path}`, 'utf8')

it('finds the five clients in the installed package', () => {
  const code = packageFile('@botpress/client/dist/index.mjs')
  const removed = code.split('{Client:()=>').length - withoutOtherApis(code).split('{Client:()=>').length
  expect(removed).toBe(5)
})

it('leaves a package of another shape as it is', () => {
  const code = 'var a={};fill(a,{Client:()=>b,more:()=>c});export{a as admin,d as Client};'
  expect(withoutOtherApis(code)).toBe(code)
})

it('finds both lines of axios', () => {
  const code = packageFile('axios/dist/node/axios.cjs')
  const cut = withoutEarlyFetch(code)
  expect([/^getFetch\(\);$/m.test(code), /G\.FormData/.test(code)]).toEqual([true, true])
  expect([/^getFetch\(\);$/m.test(cut), /G\.FormData/.test(cut)]).toEqual([false, false])
})

it('has every name that the SDK takes from the client', () => {
  const sdk = packageFile('@botpress/sdk/dist/index.cjs')
  const copies = [...sdk.matchAll(/(\w+)=(?:\w+\()?require\("@botpress\/client"\)/g)].map(([, copy = '']) => copy)
  const taken = copies.flatMap((copy) =>
    [...sdk.matchAll(new RegExp(`\\b${copy}\\.(\\w+)`, 'g'))].map(([, name]) => name),
  )
  const given = /export \{([^}]*)\}/.exec(readFileSync('src/bundling/botpress-client.mjs', 'utf8'))?.[1] ?? ''
  expect(copies.length).toBe(sdk.split('require("@botpress/client")').length - 1)
  expect(taken).toContain('Client')
  expect(given.split(',').map((name) => name.trim())).toEqual(expect.arrayContaining(taken))
})
