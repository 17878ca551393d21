import { beforeAll, describe, expect, it } from 'vitest'
import { buildBundles, type Bundles } from '../../tools/bundles'
import budgets from './budgets.json'

/**
 * What is deployed may not grow unnoticed: a library costs every bot its bytes and its part of every process's start.
 * Who has a reason changes the number, and the reason goes into docs/decisions.md.
 */

const { timesEmpty, ownBytes, packages } = budgets.bundle
const ownName = '(this package)'
const byPackage: Record<string, number> = packages

describe('the bundle', () => {
  let bundles: Bundles
  beforeAll(async () => {
    bundles = await buildBundles()
  })

  it(`is at most ${timesEmpty} times an integration that does nothing`, () => {
    expect(bundles.ours.bytes).toBeLessThanOrEqual(timesEmpty * bundles.empty.bytes)
  })

  it(`has at most ${ownBytes} bytes of our own`, () => {
    expect(bundles.ours.bytesByPackage[ownName]).toBeLessThanOrEqual(ownBytes)
  })

  it('has no library that an empty integration lacks, and no more of one, than is budgeted', () => {
    const { ours, empty } = bundles
    const added = Object.entries(ours.bytesByPackage).flatMap(([name, bytes]) => {
      const more = bytes - (empty.bytesByPackage[name] ?? 0)
      return name === ownName || more <= (byPackage[name] ?? toleratedBytes) ? [] : [`${name}: ${more} bytes`]
    })
    expect(added).toEqual([])
  })
})

/** Names that the minifier gives to one package's variables lengthen when another package has more of them. */
const toleratedBytes = 1_000
