import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allFaults } from './all-faults'
import { plant } from './planted-fault'

const ROOT = resolve(import.meta.dirname, '../..')

describe('a planted fault', () => {
  it.each(allFaults)('fits the code: $name', (fault) => {
    const source = readFileSync(resolve(ROOT, fault.file), 'utf8')
    expect(plant(source, fault)).not.toBe(source)
  })
})
