import { readFile } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import type { Plugin } from 'esbuild'
import ts from 'typescript'

/** The environment variable that names the file to which an instrumented bundle adds a line per call. */
export const TRACE_FILE = 'TRACE_FILE'

// Written at once, so that the lines keep the order of the calls and none is lost when the process ends.
const collector = `globalThis.__trace = (file, name) => {
  const { ${TRACE_FILE} } = process.env;
  if (${TRACE_FILE}) require('node:fs').appendFileSync(${TRACE_FILE}, file + '\\t' + name + '\\n');
};
`

/** Instruments what esbuild bundles from the folder `src/` of its `absWorkingDir`. */
export const instrumented: Plugin = {
  name: 'instrumented',
  setup: (build) => {
    const { absWorkingDir: root = process.cwd(), banner } = build.initialOptions
    build.initialOptions.banner = { ...banner, js: `${banner?.['js'] ?? ''}${collector}` }
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const file = relative(root, path).replaceAll(sep, '/')
      if (!file.startsWith('src/')) return undefined
      return { contents: instrument(await readFile(path, 'utf8'), file), loader: 'ts' }
    })
  },
}

/**
 * Puts a call of `__trace(file, name)` at the start of each function's body. The name is empty for callbacks and for
 * functions that another one returns. Parameter defaults run before the body. The body of a generator runs when its
 * first value is requested.
 */
export const instrument = (source: string, file: string): string => {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const insertions: { at: number; text: string }[] = []

  const visit = (node: ts.Node): void => {
    if (isFunction(node) && node.body) {
      const call = `globalThis.__trace?.(${JSON.stringify(file)}, ${JSON.stringify(nameOf(node))})`
      if (ts.isBlock(node.body)) insertions.push({ at: startOf(node.body), text: `;${call};` })
      else insertions.push({ at: node.body.getStart(), text: `(${call}, ` }, { at: node.body.end, text: ')' })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)

  // From the end, so that earlier positions stay right. Several insertions at one position are equal closing brackets.
  return insertions
    .sort((a, b) => b.at - a.at)
    .reduce((text, insertion) => text.slice(0, insertion.at) + insertion.text + text.slice(insertion.at), source)
}

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isAccessor(node) ||
  ts.isConstructorDeclaration(node)

/** Position after the opening brace; in a subclass' constructor after `super(…)`, which esbuild wants to be first. */
const startOf = (body: ts.Block): number => {
  const [first] = body.statements
  const isSuper =
    first !== undefined &&
    ts.isExpressionStatement(first) &&
    ts.isCallExpression(first.expression) &&
    first.expression.expression.kind === ts.SyntaxKind.SuperKeyword
  return isSuper ? first.end : body.getStart() + 1
}

const nameOf = (node: ts.FunctionLikeDeclaration): string => {
  if (ts.isConstructorDeclaration(node)) return `new ${node.parent.name?.text ?? 'class'}`
  if (node.name) return node.name.getText()
  if (ts.isFunctionDeclaration(node)) return 'default'
  let place: ts.Node = node.parent
  while (ts.isParenthesizedExpression(place) || ts.isAsExpression(place) || ts.isSatisfiesExpression(place))
    place = place.parent
  if (ts.isExportAssignment(place)) return 'default'
  if (isNaming(place)) return place.name.getText()
  if (ts.isBinaryExpression(place) && place.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return place.left.getText()
  return ''
}

const isNaming = (node: ts.Node) =>
  ts.isVariableDeclaration(node) ||
  ts.isPropertyAssignment(node) ||
  ts.isPropertyDeclaration(node) ||
  ts.isParameter(node) ||
  ts.isBindingElement(node)
