import { runInNewContext } from 'node:vm'
import { transformSync } from 'esbuild'
import { expect, it } from 'vitest'
import { instrument } from './instrument'

/**
 * Runs the source as esbuild would bundle it.
 * @returns the value of `result`, and the names that were traced after the module was loaded
 */
const run = async (source: string): Promise<{ value: unknown; names: string[] }> => {
  const { code } = transformSync(instrument(source, 'src/some/file.ts'), { loader: 'ts', format: 'cjs' })
  const names: string[] = []
  const module: { exports: { result?: () => unknown } } = { exports: {} }
  runInNewContext(code, {
    module,
    __trace: (file: string, name: string) => {
      expect(file).toBe('src/some/file.ts')
      names.push(name)
    },
  })
  names.length = 0
  const value = await module.exports.result?.()
  return { value: structuredClone(value), names: names.filter((name) => name !== 'result') }
}

it.each<[string, string, unknown, string[]]>([
  [
    'a function declaration',
    'function add(a: number) { return a + 1 }; export const result = () => add(1)',
    2,
    ['add'],
  ],
  ['an arrow function with a body', 'const f = () => { return 1 }; export const result = () => f()', 1, ['f']],
  ['one that is an expression', 'const f = (a = 2) => a; export const result = () => f()', 2, ['f']],
  ['one that returns an object', 'const f = () => ({ a: 1 }); export const result = () => f()', { a: 1 }, ['f']],
  ['one with a type and a choice', 'const f = () => true ? 1 : 2 as const; export const result = f', 1, ['f']],
  ['one behind `satisfies`', 'const f = (() => 1) satisfies () => number; export const result = f', 1, ['f']],
  ['a function expression', 'const f = function () { return 1 }; export const result = () => f()', 1, ['f']],
  ['one with its own name', 'export const result = () => (function g() { return 1 })()', 1, ['g']],
  ['a property', 'const o = { f: () => 1 }; export const result = () => o.f()', 1, ['f']],
  ['an assignment', 'const o: any = {}; o.f = () => 1; export const result = () => o.f()', 1, ['o.f']],
  ['a default parameter', 'const f = (g = () => 1) => g(); export const result = () => f()', 1, ['f', 'g']],
  ['a method of an object', 'const o = { f() { return 1 } }; export const result = () => o.f()', 1, ['f']],
  ['a getter', 'const o = { get a() { return 1 } }; export const result = () => o.a', 1, ['a']],
  ['a method of a class', 'class A { f() { return 1 } }; export const result = () => new A().f()', 1, ['f']],
  ['a property of a class', 'class A { f = () => 1 }; export const result = () => new A().f()', 1, ['f']],
  [
    'a constructor',
    'class A { constructor(public a: number) {} }; export const result = () => new A(1).a',
    1,
    ['new A'],
  ],
  [
    'the constructor of a subclass',
    'class A extends Error { constructor(readonly a: number) { super("x")\n this.name = "A" } }; export const result = () => new A(1).a',
    1,
    ['new A'],
  ],
  ['an async function', 'const f = async () => await Promise.resolve(1); export const result = () => f()', 1, ['f']],
  [
    'a generator',
    'function* f() { yield 1; yield 2 }; export const result = () => { f(); return [...f()] }',
    [1, 2],
    ['f'],
  ],
  [
    'functions in each other',
    'const f = () => { const g = () => 1; return g() }; export const result = f',
    1,
    ['f', 'g'],
  ],
])('traces %s once, and leaves it what it is', async (_kind, source, expected, names) => {
  expect(await run(source)).toEqual({ value: expected, names })
})

it('traces callbacks and functions that another one returns with an empty name', async () => {
  const source = 'const make = (a: number) => (b: number) => a + b; export const result = () => [1].map(make(1))'
  expect(await run(source)).toEqual({ value: [2], names: ['make', ''] })
  expect((await run('export const result = () => [1].map((a) => a)')).names).toEqual([''])
})

it('does nothing where no collector is installed', () => {
  const { code } = transformSync(instrument('const f = () => 1; f()', 'src/file.ts'), { loader: 'ts' })
  expect(runInNewContext(code)).toBe(1)
})
