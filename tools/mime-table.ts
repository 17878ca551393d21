import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/**
 * Writes `src/bundling/mime-db.cjs`: the part of `mime-db` that names of files need, as text that is read quickly.
 * `tsx tools/mime-table.ts` writes it again after an update of `mime-db`; a test says when that is due.
 */

const FILE = fileURLToPath(new URL('../src/bundling/mime-db.cjs', import.meta.url))

/** The very copy of `mime-db` that `mime-types` reads. */
const requireAsMimeTypes = createRequire(createRequire(import.meta.url).resolve('mime-types'))
const dbSchema = z.record(z.object({ source: z.string().optional(), extensions: z.array(z.string()).optional() }))
const mimeDb = dbSchema.parse(requireAsMimeTypes('mime-db'))
const { version } = z.object({ version: z.string() }).parse(requireAsMimeTypes('mime-db/package.json'))

const letters: Record<string, string> = { iana: 'i', apache: 'a', nginx: 'n' }

/** One line for each type that has a file ending: the letter of its source, the type, its endings. */
const table = (): string =>
  Object.entries(mimeDb)
    .flatMap(([type, { source, extensions }]) =>
      extensions ? [`${letters[source ?? ''] ?? '-'}${type} ${extensions.join(' ')}`] : [],
    )
    .join('\n')

export const mimeTableModule = (): string => `'use strict'

/**
 * Stands for \`mime-db\` in the bundle: the types of mime-db ${version} that have a file ending. Written by
 * tools/mime-table.ts.
 */
const sources = { i: 'iana', a: 'apache', n: 'nginx' }

const table = \`
${table()}\`

for (const line of table.trim().split('\\n')) {
  const [type, ...extensions] = line.slice(1).split(' ')
  exports[type] = { source: sources[line[0]], extensions }
}
`

export const writtenMimeTable = (): string => readFileSync(FILE, 'utf8')

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  writeFileSync(FILE, mimeTableModule())
